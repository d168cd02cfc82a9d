package dev.seqwatch.report;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import dev.seqwatch.check.UnjudgedCheck;
import dev.seqwatch.config.Ignore;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.inspection.Ignored;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Limits;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.Subscription;
import dev.seqwatch.model.Table;
import dev.seqwatch.model.TableStatistics;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.UnknownFact;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Inspections for tests, in few words. */
public final class Given {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration TOOK = Duration.ofMillis(41);

    private Given() {}

    /** A bigint sequence of 1 to 1000 that stands at this value; it feeds column id of a table named after it. */
    public static WatchedSequence sequence(String name, long lastValue) {
        return sequence(name, new Position.At(BigInteger.valueOf(lastValue)), new StoredIds(null, List.of()));
    }

    public static WatchedSequence unreadable(String name, UnreadableReason reason) {
        return sequence(name, new Position.Unreadable(reason), new StoredIds(null, List.of()));
    }

    public static WatchedSequence neverCalled(String name, long next) {
        return sequence(name, new Position.NeverCalled(BigInteger.valueOf(next)), new StoredIds(null, List.of()));
    }

    public static WatchedSequence notChecked(String name, long lastValue, NotCheckedReason reason) {
        return sequence(
                name,
                new Position.At(BigInteger.valueOf(lastValue)),
                new StoredIds(null, List.of(new StoredIds.Gap(table(name), reason))));
    }

    public static WatchedSequence colliding(String name, long lastValue, long firstId) {
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
        var sequenceColumn = new SequenceColumn(
                new ColumnName(table(name), "id"),
                new ColumnType("bigint", "int8", -1, false),
                ValueSource.Default,
                new Table(
                        table(name),
                        "owner",
                        Persistence.Permanent,
                        List.of(),
                        Subscription.None,
                        false,
                        false,
                        false,
                        TableStatistics.NONE),
                Uniqueness.Alone,
                stored,
                List.of());
        return new WatchedSequence(
                sequence,
                position,
                null,
                List.of(sequenceColumn),
                List.of(),
                List.of(),
                List.of(),
                Limits.tightest(sequence, List.of(sequenceColumn), List.of(), List.of()));
    }

    private static RelationName table(String sequence) {
        return new RelationName("public", sequence.replace("_id_seq", ""));
    }

    public static Finding finding(Severity severity, String check, String sequence) {
        return finding(severity, check, sequence, "ALTER SEQUENCE public." + sequence + " AS bigint;");
    }

    public static Finding finding(Severity severity, String check, String sequence, @Nullable String remedy) {
        return new Finding(
                check,
                severity,
                Subject.of(new RelationName("public", sequence)),
                check + " of " + sequence + " is " + severity,
                remedy);
    }

    public static Inspection read(String database, List<WatchedSequence> sequences, Finding... findings) {
        var state = new DatabaseState(
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
                new ReadResult.Success(state),
                List.of(findings).stream().sorted(Finding.WORST_FIRST).toList(),
                List.of(),
                DatabaseHistory.NONE);
    }

    public static Inspection ignoring(
            Inspection inspection, String reason, @Nullable LocalDate until, Finding... findings) {
        return new Inspection(
                inspection.database(),
                inspection.reading(),
                inspection.findings(),
                Stream.of(findings)
                        .map(finding -> new Ignored(finding, reason, until))
                        .toList(),
                inspection.history());
    }

    /** The database cannot be read after an inspection that could. */
    public static Inspection unreachable(Inspection before) {
        return after(before, unreachable(before.database()).reading());
    }

    public static Inspection unreachable(Inspection before, Ignore ignore) {
        return after(before, unreachable(before.database()).reading(), List.of(ignore));
    }

    /** A reading, judged after another inspection of the same database. */
    public static Inspection after(Inspection before, ReadResult reading) {
        return after(before, reading, List.of());
    }

    private static Inspection after(Inspection before, ReadResult reading, List<Ignore> ignores) {
        return Inspection.of(
                before.database(),
                reading,
                CheckPolicy.DEFAULT,
                ignores,
                _ -> true,
                before.history(),
                ServerHistory.of(List.of(before)).findings(before.database()));
    }

    /** One check lacks two facts; no check needs the third. */
    public static Inspection unjudged(Inspection inspection) {
        var state = ((ReadResult.Success) inspection.reading()).state();
        var unknown = List.of(
                new UnknownFact(Fact.InsertGrants, UnknownFact.Reason.TimedOut, ""),
                new UnknownFact(Fact.InsertableViews, UnknownFact.Reason.ServerError, "disk full"),
                new UnknownFact(Fact.TypeChangeBlockers, UnknownFact.Reason.OutOfTime, ""));
        return new Inspection(
                inspection.database(),
                new ReadResult.Success(state.withUnknown(unknown)),
                inspection.findings(),
                inspection.stale(),
                inspection.ignored(),
                unknown.stream()
                        .limit(2)
                        .map(cause -> new UnjudgedCheck("InsertWithoutUsage", cause))
                        .toList(),
                inspection.history());
    }

    public static Inspection unreachable(String database) {
        return unreachable(database, ReadResult.Reason.ConnectionFailed);
    }

    public static Inspection unreachable(String database, ReadResult.Reason reason) {
        return new Inspection(
                database,
                new ReadResult.Unreachable(
                        reason, "no answer from db:5432; is it running?", NOW, Duration.ofSeconds(5)),
                List.of(),
                List.of(),
                DatabaseHistory.NONE);
    }
}
