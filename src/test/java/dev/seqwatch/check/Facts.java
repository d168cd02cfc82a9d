package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Limits;
import dev.seqwatch.model.Ownership;
import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.Subscription;
import dev.seqwatch.model.Table;
import dev.seqwatch.model.TableStatistics;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sequences and columns with chosen facts, and what a check makes of them. */
public final class Facts {
    private static final ColumnType TEXT = new ColumnType("text", "text", -1, false);
    private static final ColumnType DOMAIN = new ColumnType("public.d", "int4", -1, true);
    private static final ColumnType NUMERIC_20 = new ColumnType("numeric(20,0)", "numeric", (20 << 16) + 4, false);

    private Facts() {}

    static List<String> severities(Check check, WatchedSequence watched) {
        return check.examine(Given.state(watched), CheckPolicy.DEFAULT, DatabaseHistory.NONE)
                .map(finding -> finding.severity().name())
                .toList();
    }

    static @Nullable String remedy(Check check, WatchedSequence watched) {
        return check.examine(Given.state(watched), CheckPolicy.DEFAULT, DatabaseHistory.NONE)
                .findFirst()
                .orElseThrow()
                .remedy();
    }

    static List<String> list(@Nullable String severity) {
        return severity == null ? List.of() : List.of(severity);
    }

    public static ColumnType type(String name) {
        return switch (name) {
            case "smallint" -> Given.SMALLINT;
            case "integer" -> Given.INTEGER;
            case "bigint" -> Given.BIGINT;
            case "numeric" -> NUMERIC_20;
            case "domain" -> DOMAIN;
            default -> TEXT;
        };
    }

    public static SequenceColumn sequenceColumn(ColumnType type, ValueSource draw) {
        return sequenceColumn(type, draw, Uniqueness.Alone, Persistence.Permanent, false);
    }

    public static SequenceColumn sequenceColumn(
            ColumnType type, ValueSource draw, Uniqueness uniqueness, Persistence persistence, boolean tree) {
        return new SequenceColumn(
                Given.TABLE.column("id"),
                type,
                draw,
                new Table(
                        Given.TABLE,
                        "owner",
                        persistence,
                        List.of(),
                        Subscription.None,
                        false,
                        tree,
                        false,
                        TableStatistics.NONE),
                uniqueness,
                new StoredIds(null, List.of()),
                List.of());
    }

    public static SequenceColumn sequenceColumn(ColumnName column, ColumnType type, ValueSource draw) {
        var plain = sequenceColumn(type, draw);
        return new SequenceColumn(
                column, type, draw, plain.table(), plain.uniqueness(), plain.stored(), plain.blockers());
    }

    static Reference reference(String table, ColumnType type, String key, ColumnType keyType) {
        return new Reference(
                new RelationName("public", table).column("id"),
                type,
                table + "_fkey",
                new RelationName("public", key).column("id"),
                keyType,
                List.of());
    }

    static WatchedSequence serial(Sequence sequence, SequenceColumn... sequenceColumns) {
        return owned(sequence, new Ownership(sequenceColumns[0].column(), false, true), sequenceColumns);
    }

    static WatchedSequence owned(Sequence sequence, @Nullable Ownership owned, SequenceColumn... sequenceColumns) {
        var all = List.of(sequenceColumns);
        var limit = Limits.tightest(sequence, all, List.of(), List.of());
        return new WatchedSequence(sequence, at(1), owned, all, List.of(), List.of(), List.of(), limit);
    }

    static Sequence with(Sequence plain, Persistence persistence, String owner) {
        return new Sequence(
                plain.name(),
                plain.dataType(),
                plain.range(),
                plain.start(),
                plain.increment(),
                1,
                false,
                persistence,
                owner);
    }

    static Position at(long last) {
        return new Position.At(BigInteger.valueOf(last));
    }
}
