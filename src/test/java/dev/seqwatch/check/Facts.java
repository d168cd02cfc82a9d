package dev.seqwatch.check;

import dev.seqwatch.sequence.ColumnType;
import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Counters;
import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.Given;
import dev.seqwatch.sequence.Limits;
import dev.seqwatch.sequence.Ownership;
import dev.seqwatch.sequence.Persistence;
import dev.seqwatch.sequence.Position;
import dev.seqwatch.sequence.Reference;
import dev.seqwatch.sequence.RelationName;
import dev.seqwatch.sequence.Sequence;
import dev.seqwatch.sequence.StoredIds;
import dev.seqwatch.sequence.Table;
import dev.seqwatch.sequence.Uniqueness;
import dev.seqwatch.sequence.WatchedSequence;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sequences and columns with chosen facts, and what a check makes of them. */
final class Facts {
    private static final ColumnType TEXT = new ColumnType("text", "text", -1, false);
    private static final ColumnType DOMAIN = new ColumnType("public.d", "int4", -1, true);
    private static final ColumnType NUMERIC_20 = new ColumnType("numeric(20,0)", "numeric", (20 << 16) + 4, false);

    private Facts() {}

    static List<String> severities(Check check, WatchedSequence watched) {
        return check.examine(Given.snapshot(watched), Policy.DEFAULT, History.NONE)
                .map(finding -> finding.severity().name())
                .toList();
    }

    static @Nullable String remedy(Check check, WatchedSequence watched) {
        return check.examine(Given.snapshot(watched), Policy.DEFAULT, History.NONE)
                .findFirst()
                .orElseThrow()
                .remedy();
    }

    static List<String> list(@Nullable String severity) {
        return severity == null ? List.of() : List.of(severity);
    }

    static ColumnType type(String name) {
        return switch (name) {
            case "smallint" -> Given.SMALLINT;
            case "integer" -> Given.INTEGER;
            case "bigint" -> Given.BIGINT;
            case "numeric" -> NUMERIC_20;
            case "domain" -> DOMAIN;
            default -> TEXT;
        };
    }

    static Consumer consumer(ColumnType type, Draw draw) {
        return consumer(type, draw, Uniqueness.Alone, Persistence.Permanent, false);
    }

    static Consumer consumer(ColumnType type, Draw draw, Uniqueness uniqueness, Persistence persistence, boolean tree) {
        return new Consumer(
                Given.TABLE.column("id"),
                type,
                draw,
                new Table(Given.TABLE, "owner", persistence, List.of(), false, false, tree, Counters.NONE),
                uniqueness,
                new StoredIds(null, List.of()),
                List.of());
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

    static WatchedSequence serial(Sequence sequence, Consumer... consumers) {
        return owned(sequence, new Ownership(consumers[0].column(), false, true), consumers);
    }

    static WatchedSequence owned(Sequence sequence, @Nullable Ownership owned, Consumer... consumers) {
        var all = List.of(consumers);
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
