package dev.seqwatch.compare;

import static dev.seqwatch.model.Numbers.grouped;

import dev.seqwatch.model.ClientSession;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadOnlyDefault;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SourceLook;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the source still takes writes. Proven is that it does not only where no client that can write was connected at
 * either look, or where each that was begins its transactions read-only, and where no sequence and no row changed between the looks.
 *
 * @param reasons why writes are possible, a sentence each; empty where they have stopped
 * @param evidence what shows that they have stopped, a sentence; empty where they have not
 */
public record SourceWrites(List<String> reasons, String evidence) {
    /** Roles by which hosted servers look after themselves; no application has their passwords. */
    private static final Set<String> OF_THE_PLATFORM = Set.of(
            "rdsadmin", "rdsrepladmin", "cloudsqladmin", "cloudsqlagent", "cloudsqlreplica", "alloydbadmin", "azuresu");

    public SourceWrites {
        reasons = List.copyOf(reasons);
    }

    public boolean stopped() {
        return reasons.isEmpty();
    }

    /**
     * From two looks.
     *
     * @param settled the earliest look since which nobody changed who begins read-only: {@link #settled}
     */
    static SourceWrites of(SourceLook first, SourceLook second, SourceLook settled) {
        var seconds = Math.max(1, Duration.between(first.at(), second.at()).toSeconds());
        var reasons = new ArrayList<String>();
        var moved = moved(first, second);
        if (!moved.isEmpty()) {
            reasons.add("The source still takes writes: %s moved within %s s (%s)."
                    .formatted(Names.count(moved.size(), "sequence"), seconds, Names.some(moved)));
        }
        var changed = second.changedRows().subtract(first.changedRows()).abs();
        if (changed.signum() != 0) {
            reasons.add("The source still takes writes: its statistics count %s that changed within %s s."
                    .formatted(Numbers.count(changed, "row"), seconds));
        }
        var prepared = Math.max(first.preparedTransactions(), second.preparedTransactions());
        if (prepared > 0) {
            reasons.add("%s of the source: decide each with COMMIT PREPARED or ROLLBACK PREPARED."
                    .formatted(Names.count(prepared, "prepared transaction")));
        }
        var writers = Stream.of(first, second)
                .flatMap(
                        look -> look.sessions().stream().filter(session -> mayWrite(session, look.readOnly(), settled)))
                .collect(Collectors.toMap(ClientSession::pid, session -> session, (_, later) -> later, TreeMap::new));
        if (!writers.isEmpty()) {
            reasons.add("%s of the source can still write: %s."
                    .formatted(Names.count(writers.size(), "session"), Names.some(described(writers))));
            if (second.readOnly().level() == ReadOnlyDefault.Level.NewSessions) {
                reasons.add(
                        "New sessions begin read-only, but one that was opened before may not: end it with pg_terminate_backend, or keep watching until it is gone.");
            }
        }
        return new SourceWrites(
                reasons,
                reasons.isEmpty()
                        ? (second.sessions().isEmpty()
                                        ? "No client is connected to the source"
                                        : "No client that can write is connected to the source")
                                + ", and no sequence and no row changed within " + seconds + " s."
                        : "");
    }

    /**
     * The earliest look since which nobody changed who begins read-only, so that a session opened later follows it.
     *
     * @param earlier what an earlier round found so; null in the first round
     */
    static SourceLook settled(@Nullable SourceLook earlier, SourceLook first) {
        return earlier != null && earlier.readOnly().sameRules(first.readOnly()) ? earlier : first;
    }

    private static List<String> moved(SourceLook first, SourceLook second) {
        return second.positions().entrySet().stream()
                .filter(entry -> changed(first.positions().get(entry.getKey()), entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .map(RelationName::toString)
                .toList();
    }

    private static boolean changed(@Nullable Position before, Position after) {
        return before != null
                && !(after instanceof Position.Unreadable)
                && !(before instanceof Position.Unreadable)
                && !Objects.equals(before, after);
    }

    private static boolean mayWrite(ClientSession session, ReadOnlyDefault readOnly, SourceLook settled) {
        return !OF_THE_PLATFORM.contains(session.role())
                && (session.writing() || (session.mayWrite() && !beginsReadOnly(session, readOnly, settled)));
    }

    private static boolean beginsReadOnly(ClientSession session, ReadOnlyDefault readOnly, SourceLook settled) {
        if (session.since() == null || readOnly.writingRoles().contains(session.role())) {
            return false;
        }
        if (readOnly.readOnlyRoles().contains(session.role())
                || readOnly.level() == ReadOnlyDefault.Level.NewSessions) {
            return session.since().isAfter(settled.at()) && setIn(session, settled.readOnly());
        }
        return switch (readOnly.level()) {
            case Server ->
                session.transactionSince() == null
                        || session.transactionSince().isAfter(readOnly.configurationLoadedAt());
            case NewSessions, Off -> false;
        };
    }

    /** Whether the setting held at that look already, so that a session that is younger has it. */
    private static boolean setIn(ClientSession session, ReadOnlyDefault settled) {
        return !settled.writingRoles().contains(session.role())
                && (settled.readOnlyRoles().contains(session.role()) || settled.level() != ReadOnlyDefault.Level.Off);
    }

    private static List<String> described(Map<Integer, ClientSession> writers) {
        return writers.values().stream()
                .collect(Collectors.groupingBy(
                        session -> "role " + session.role()
                                + (session.application().isEmpty() ? "" : " (" + session.application() + ")"),
                        TreeMap::new,
                        Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() == 1
                        ? entry.getKey()
                        : entry.getKey() + ", " + grouped(BigInteger.valueOf(entry.getValue())) + " sessions")
                .toList();
    }
}
