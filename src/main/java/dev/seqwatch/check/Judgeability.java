package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.Forecast;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.StoredIds.Collision;
import dev.seqwatch.model.Table;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.UnknownFact;
import dev.seqwatch.model.UnreadableReason;
import dev.seqwatch.model.WatchedSequence;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a reading of a database can judge what an earlier reading found. A finding that is not found again is resolved
 * only where the check could have found it; else nobody knows, and the finding stays.
 */
public final class Judgeability {
    private final DatabaseState state;
    private final DatabaseHistory history;
    private final Map<RelationName, WatchedSequence> sequences = new HashMap<>();

    /** @param history where the sequences stood before this reading */
    public Judgeability(DatabaseState state, DatabaseHistory history) {
        this.state = state;
        this.history = history;
        state.sequences().forEach(watched -> sequences.put(watched.name(), watched));
    }

    /**
     * Why this reading cannot tell whether the finding is still there. Empty where it can, and where the object of the
     * finding no longer exists.
     */
    public Optional<String> obstacle(Finding earlier) {
        return Checks.named(earlier.check()).flatMap(check -> obstacle(check, earlier));
    }

    private Optional<String> obstacle(Check check, Finding earlier) {
        return gone(earlier) || passed(earlier) ? Optional.empty() : fact(check).or(() -> objects(check, earlier));
    }

    /** What belongs to no sequence is in the state or not, as a whole. */
    private boolean gone(Finding earlier) {
        return earlier.subject().sequence() != null && sequence(earlier).isEmpty();
    }

    /**
     * A fact of the whole database. One that this version cannot read from so new a server was not known either when the
     * finding was made.
     */
    private Optional<String> fact(Check check) {
        return state.unknownAmong(check.needs()).stream()
                .filter(cause -> cause.reason() != UnknownFact.Reason.NewServer)
                .findFirst()
                .map(cause ->
                        "This could not be read: " + cause.fact().description() + " (" + cause.explanation() + ").");
    }

    private Optional<String> objects(Check check, Finding earlier) {
        return switch (check) {
            case SequenceExhaustion _, PartitionsNearEnd _ -> position(earlier);
            case ExhaustionForecast _ -> position(earlier).or(() -> rate(earlier));
            case ColumnNearLimit _ -> values(earlier);
            case SequenceBehind _ -> position(earlier).or(() -> storedIds(earlier));
            case IdBurn _ -> position(earlier).or(() -> counters(earlier));
            case KeyNotUnique _ -> uniqueness(earlier);
            case InsertWithoutUsage _ -> views(earlier);
            case InsufficientPrivileges _ -> privileges();
            case ColumnNarrowerThanSequence _,
                    SequenceNarrowerThanColumn _,
                    ReferenceNarrowerThanKey _,
                    CyclingKey _,
                    UnloggedSequence _,
                    SequenceUnowned _,
                    SequenceOwnedElsewhere _,
                    OwnerMismatch _,
                    SharedSequence _,
                    DefaultBySearchPath _,
                    OrphanSequence _,
                    DefaultPrivilegesGap _,
                    KeyNotBigint _,
                    SerialInsteadOfIdentity _,
                    IdentityByDefault _ -> Optional.empty(); // the catalogs tell, and every role may read them
        };
    }

    private Optional<WatchedSequence> sequence(Finding earlier) {
        var subject = earlier.subject();
        return subject.schema() == null || subject.sequence() == null
                ? Optional.empty()
                : Optional.ofNullable(sequences.get(new RelationName(subject.schema(), subject.sequence())));
    }

    private Optional<SequenceColumn> column(Finding earlier) {
        var table = earlier.subject().table();
        var column = earlier.subject().column();
        return table == null || column == null
                ? Optional.empty()
                : sequence(earlier)
                        .flatMap(watched -> watched.sequenceColumns().stream()
                                .filter(each -> each.column()
                                        .toString()
                                        .equals(table.column(column).toString()))
                                .findFirst());
    }

    private Optional<String> position(Finding earlier) {
        return sequence(earlier)
                .flatMap(watched -> watched.position() instanceof Position.Unreadable(var reason)
                        ? Optional.of("The position of the sequence is not known: " + reason.explanation() + ".")
                        : Optional.empty());
    }

    private Optional<String> rate(Finding earlier) {
        return sequence(earlier)
                .filter(watched -> Forecast.tooFewPositions(watched, state, history))
                .map(_ -> "Positions have been seen for too short a time to know the rate of use.");
    }

    private Optional<String> values(Finding earlier) {
        var table = earlier.subject().table();
        var column = earlier.subject().column();
        return table != null
                        && column != null
                        && state.integerColumns().unread().contains(table.column(column))
                ? Optional.of("The values of the column could not be read, and it has no statistics.")
                : Optional.empty();
    }

    /** Counters are lost with a crash or a reset, and a standby has its own. */
    private Optional<String> counters(Finding earlier) {
        return sequence(earlier)
                .filter(watched -> !watched.sequenceColumns().isEmpty())
                .filter(watched -> IdBurn.counters(watched).inserted() == 0)
                .map(_ -> "The statistics count no row that was inserted since they began.");
    }

    private Optional<String> storedIds(Finding earlier) {
        var column = column(earlier).orElse(null);
        if (column == null) {
            return Optional.empty();
        }
        if (column.table().subscribed() && column.stored().collision() != null) {
            return Optional.of("A logical subscription fills the table, so SequenceBehind is not judged.");
        }
        var seen = earlier.collision();
        return column.stored().gaps().stream()
                .filter(gap -> hides(gap, column.table(), seen))
                .findFirst()
                .map(gap -> "The ids of " + gap.table() + " were not compared: "
                        + gap.reason().explanation() + ".");
    }

    /** Whether the sequence has passed the farthest id that the finding tells of. A standby's position runs ahead. */
    private boolean passed(Finding earlier) {
        var seen = earlier.collision();
        return seen != null
                && state.server().role() == Server.Role.Primary
                && sequence(earlier).filter(watched -> passed(watched, seen)).isPresent();
    }

    private static boolean passed(WatchedSequence watched, Collision seen) {
        var next = watched.position().next(watched.sequence());
        return next != null
                && next.subtract(seen.last()).signum()
                                * watched.sequence().increment().signum()
                        > 0;
    }

    /**
     * Whether an id could lie in the gap that the earlier reading saw there. A gap at the root may stand for the whole
     * tree. Where it is not known what was seen, a gap that is there for good proves nothing: the finding was made beside it.
     */
    private static boolean hides(StoredIds.Gap gap, Table table, @Nullable Collision seen) {
        var there = seen == null
                || gap.table().equals(seen.table())
                || gap.table().equals(table.name())
                || seen.table().equals(table.name());
        var fromTable = seen != null && seen.source() instanceof StoredIds.Source.Stored;
        return there
                && switch (gap.reason()) {
                    case NoPrivilege, RowLevelSecurity, TimedOut, Locked, Standby, PositionUnknown, ServerError -> true;
                    case NoUsableIndex, TooManyLeadingValues, TooManyIndexes, TooManyIds, ForeignTable -> fromTable;
                    case NotNumeric,
                            NextValuesOnly,
                            DerivedValue,
                            ViewUnknown,
                            UnknownCall,
                            UnknownConstraint,
                            ProbableUse,
                            ProbableUseAhead,
                            PartitionDefault -> false;
                };
    }

    /** Whether the root of an inheritance tree holds rows is read with its ids, and else guessed from statistics. */
    private Optional<String> uniqueness(Finding earlier) {
        return column(earlier)
                .filter(column -> column.uniqueness() == Uniqueness.Composite)
                .filter(column -> column.table().tree() && !column.table().partitioned())
                .flatMap(column -> column.stored().gaps().stream()
                        .filter(gap -> gap.table().equals(column.table().name()))
                        .findFirst())
                .map(gap -> "Whether " + gap.table() + " holds rows was not read: "
                        + gap.reason().explanation() + ".");
    }

    private Optional<String> views(Finding earlier) {
        return column(earlier)
                .flatMap(column -> column.stored().gaps().stream()
                        .filter(gap -> gap.reason() == NotCheckedReason.ViewUnknown)
                        .findFirst())
                .map(gap -> "Who may insert through view " + gap.table() + " is not known: another session locks it.");
    }

    /** A standby does not read columns; a sequence of which only USAGE is held says so only when it is read. */
    private Optional<String> privileges() {
        if (state.server().role() == Server.Role.Standby) {
            return Optional.of("The privileges on columns are not looked up on a standby.");
        }
        return state.sequences().stream()
                .filter(watched -> watched.position() instanceof Position.Unreadable(var reason)
                        && (reason == UnreadableReason.Locked || reason == UnreadableReason.TimedOut))
                .findFirst()
                .map(watched -> "The position of " + watched.name() + " was not read this time.");
    }
}
