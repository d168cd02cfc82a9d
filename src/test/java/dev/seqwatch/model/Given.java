package dev.seqwatch.model;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Values for tests, each plain and healthy but for what a test asks for. */
public final class Given {
    public static final RelationName TABLE = new RelationName("public", "t");
    public static final ColumnType BIGINT = new ColumnType("bigint", "int8", -1, false);
    public static final ColumnType INTEGER = new ColumnType("integer", "int4", -1, false);
    public static final ColumnType SMALLINT = new ColumnType("smallint", "int2", -1, false);

    private Given() {}

    public static Sequence sequence(ValueRange range, BigInteger start, BigInteger increment, boolean cycle) {
        return new Sequence(
                new RelationName("public", "s"),
                "bigint",
                range,
                start,
                increment,
                1,
                cycle,
                Persistence.Permanent,
                "owner");
    }

    /** From 1 to the end of its type in steps of one. */
    public static Sequence sequence(String dataType) {
        var end = new Sequence(
                        TABLE,
                        dataType,
                        ValueRange.BIGINT,
                        BigInteger.ONE,
                        BigInteger.ONE,
                        1,
                        false,
                        Persistence.Permanent,
                        "")
                .typeRange()
                .max();
        var range = new ValueRange(BigInteger.ONE, end);
        return new Sequence(
                new RelationName("public", "s"),
                dataType,
                range,
                BigInteger.ONE,
                BigInteger.ONE,
                1,
                false,
                Persistence.Permanent,
                "owner");
    }

    public static SequenceColumn sequenceColumn(String table, ColumnType type) {
        return sequenceColumn(table, type, ValueSource.Default);
    }

    public static SequenceColumn sequenceColumn(String table, ColumnType type, ValueSource valueSource) {
        var name = new RelationName("public", table);
        return new SequenceColumn(
                name.column("id"),
                type,
                valueSource,
                new Table(
                        name,
                        "owner",
                        Persistence.Permanent,
                        List.of(),
                        Subscription.None,
                        false,
                        false,
                        false,
                        TableStatistics.NONE),
                Uniqueness.Alone,
                new StoredIds(null, List.of()),
                List.of());
    }

    /** Of the integer column {@code public.t.id}. */
    public static Limit limit(BigInteger value) {
        return new Limit(value, new Limit.Origin.OfColumn(TABLE.column("id"), INTEGER));
    }

    /** Stores the ids of {@code public.t.id}. */
    public static Reference reference(String table, ColumnType type) {
        return new Reference(
                new RelationName("public", table).column("t_id"),
                type,
                table + "_fkey",
                TABLE.column("id"),
                BIGINT,
                List.of());
    }

    public static WatchedSequence watched(
            Sequence sequence, Position position, List<SequenceColumn> sequenceColumns, List<Reference> references) {
        return new WatchedSequence(
                sequence,
                position,
                sequenceColumns.isEmpty()
                        ? null
                        : new Ownership(sequenceColumns.getFirst().column(), false, false),
                sequenceColumns,
                references,
                List.of(),
                List.of(),
                Limits.tightest(sequence, sequenceColumns, references, List.of()));
    }

    public static DatabaseState state(WatchedSequence... sequences) {
        return new DatabaseState(
                "shop",
                new Server("18.6", 180006, Server.Role.Primary, "watcher"),
                Instant.EPOCH,
                Duration.ZERO,
                List.of(sequences),
                Set.of(),
                List.of(),
                List.of(),
                null);
    }
}
