package dev.seqwatch.report;

import dev.seqwatch.catalog.Reading;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.History;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import dev.seqwatch.inspection.Ignored;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.sequence.ColumnName;
import dev.seqwatch.sequence.ColumnType;
import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Counters;
import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.Limits;
import dev.seqwatch.sequence.NotCheckedReason;
import dev.seqwatch.sequence.Persistence;
import dev.seqwatch.sequence.Position;
import dev.seqwatch.sequence.RelationName;
import dev.seqwatch.sequence.Sequence;
import dev.seqwatch.sequence.Server;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.StoredIds;
import dev.seqwatch.sequence.Table;
import dev.seqwatch.sequence.Uniqueness;
import dev.seqwatch.sequence.UnreadableReason;
import dev.seqwatch.sequence.ValueRange;
import dev.seqwatch.sequence.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Inspections for tests, in few words. */
final class Given {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration TOOK = Duration.ofMillis(41);

    private Given() {}

    /** A bigint sequence of 1 to 1000 that stands at this value; it feeds column id of a table named after it. */
    static WatchedSequence sequence(String name, long lastValue) {
        return sequence(name, new Position.At(BigInteger.valueOf(lastValue)), new StoredIds(null, List.of()));
    }

    static WatchedSequence unreadable(String name, UnreadableReason reason) {
        return sequence(name, new Position.Unreadable(reason), new StoredIds(null, List.of()));
    }

    static WatchedSequence neverCalled(String name, long next) {
        return sequence(name, new Position.NeverCalled(BigInteger.valueOf(next)), new StoredIds(null, List.of()));
    }

    static WatchedSequence notChecked(String name, long lastValue, NotCheckedReason reason) {
        return sequence(
                name,
                new Position.At(BigInteger.valueOf(lastValue)),
                new StoredIds(null, List.of(new StoredIds.Gap(table(name), reason))));
    }

    static WatchedSequence colliding(String name, long lastValue, long firstId) {
        var id = BigInteger.valueOf(firstId);
        return sequence(
                name,
                new Position.At(BigInteger.valueOf(lastValue)),
                new StoredIds(
                        new StoredIds.Collision(table(name), Uniqueness.Alone, id, id, new StoredIds.Source.Stored()),
                        List.of()));
    }

    private static WatchedSequence sequence(String name, Position position, StoredIds stored) {
        var one = BigInteger.ONE;
        var sequence = new Sequence(
                new RelationName("public", name),
                "bigint",
                new ValueRange(one, BigInteger.valueOf(1000)),
                one,
                one,
                1,
                false,
                Persistence.Permanent,
                "owner");
        var consumer = new Consumer(
                new ColumnName(table(name), "id"),
                new ColumnType("bigint", "int8", -1, false),
                Draw.Default,
                new Table(table(name), "owner", Persistence.Permanent, List.of(), false, false, false, Counters.NONE),
                Uniqueness.Alone,
                stored,
                List.of());
        return new WatchedSequence(
                sequence,
                position,
                null,
                List.of(consumer),
                List.of(),
                List.of(),
                List.of(),
                Limits.tightest(sequence, List.of(consumer), List.of(), List.of()));
    }

    private static RelationName table(String sequence) {
        return new RelationName("public", sequence.replace("_id_seq", ""));
    }

    static Finding finding(Severity severity, String check, String sequence) {
        return finding(severity, check, sequence, "ALTER SEQUENCE public." + sequence + " AS bigint;");
    }

    static Finding finding(Severity severity, String check, String sequence, @Nullable String remedy) {
        return new Finding(
                check,
                severity,
                Subject.of(new RelationName("public", sequence)),
                check + " of " + sequence + " is " + severity,
                remedy);
    }

    static Inspection read(String database, List<WatchedSequence> sequences, Finding... findings) {
        var snapshot = new Snapshot(
                database,
                new Server("18.6", 180006, Server.Role.Primary, "seqwatch"),
                NOW,
                TOOK,
                sequences,
                Set.of(),
                List.of(),
                List.of(),
                null);
        return new Inspection(
                database,
                new Reading.Read(snapshot),
                List.of(findings).stream().sorted(Finding.WORST_FIRST).toList(),
                List.of(),
                History.NONE);
    }

    static Inspection ignoring(Inspection inspection, String reason, @Nullable LocalDate until, Finding... findings) {
        return new Inspection(
                inspection.database(),
                inspection.reading(),
                inspection.findings(),
                Stream.of(findings)
                        .map(finding -> new Ignored(finding, reason, until))
                        .toList(),
                inspection.history());
    }

    static Inspection unreachable(String database) {
        return unreachable(database, Reading.Reason.ConnectionFailed);
    }

    static Inspection unreachable(String database, Reading.Reason reason) {
        return new Inspection(
                database,
                new Reading.Unreachable(reason, "no answer from db:5432; is it running?", NOW, Duration.ofSeconds(5)),
                List.of(),
                List.of(),
                History.NONE);
    }
}
