package dev.seqwatch.postgres.connection;

import dev.seqwatch.model.Fact;
import dev.seqwatch.model.UnknownFact;
import dev.seqwatch.model.UnknownFact.Reason;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Runs the queries that an inspection can do without, and keeps which facts stayed unknown and why. Only a lost connection
 * ends the inspection. They get a part of its time: what is left out is not judged, and the rest is.
 */
public class OptionalReads {
    /**
     * An object that the query had found was dropped before it was described. XX000 is what up to 13 {@code
     * pg_describe_object} says of it: the second attempt no longer finds it.
     */
    private static final Set<String> DROPPED_MEANWHILE = Set.of("XX000", "42P01", "42703", "42704", "42883", "3F000");

    private final Map<Fact, UnknownFact> unknown = new EnumMap<>(Fact.class);
    private final BooleanSupplier late;
    private boolean invalidText;

    /** Without a limit on their time. */
    public OptionalReads() {
        this(() -> false);
    }

    /** @param late whether the rest of the time belongs to what an inspection cannot do without */
    public OptionalReads(BooleanSupplier late) {
        this.late = late;
    }

    /**
     * What the query answers; {@code otherwise} where it fails or the time for it is used up, and then the fact is unknown.
     * A fact may be read in several parts: one that fails is left out and the next are read all the same, but after a
     * statement that timed out there is none.
     */
    public <T> T read(Fact fact, Query<T> query, T otherwise) throws SQLException {
        if (isGivenUp(fact)) {
            return otherwise;
        }
        try {
            return query.read();
        } catch (SQLException e) {
            if (!DROPPED_MEANWHILE.contains(String.valueOf(e.getSQLState()))) {
                failed(fact, e);
                return otherwise;
            }
        }
        try {
            return query.read();
        } catch (SQLException e) {
            failed(fact, e);
            return otherwise;
        }
    }

    /** One object of many is missing from a fact; an object that was dropped is none. */
    public void refused(Fact fact, StatementError error) {
        switch (error) {
            case Gone -> {}
            case Locked -> unknown(fact, Reason.Locked);
            case TimedOut -> unknown(fact, Reason.TimedOut);
            case NoPrivilege -> unknown(fact, Reason.NoPrivilege);
            case ConnectionLost, Other -> unknown(fact, Reason.ServerError);
        }
    }

    /** The first reason of a fact stays. */
    public void unknown(Fact fact, Reason reason) {
        unknown.putIfAbsent(fact, new UnknownFact(fact, reason, ""));
    }

    /** Whether a text was not one of the connection's encoding. */
    public boolean metInvalidText() {
        return invalidText;
    }

    /** Before all is read again. */
    public void forget() {
        unknown.clear();
        invalidText = false;
    }

    public boolean knows(Fact fact) {
        return !unknown.containsKey(fact);
    }

    /** Each fact at most once, in the order of {@link Fact}. */
    public List<UnknownFact> unknown() {
        return List.copyOf(unknown.values());
    }

    /** Whether a statement for the fact would take time that there is not, or has taken too much already. */
    private boolean isGivenUp(Fact fact) {
        var known = unknown.get(fact);
        if (known != null && (known.reason() == Reason.TimedOut || known.reason() == Reason.OutOfTime)) {
            return true;
        }
        if (late.getAsBoolean()) {
            unknown(fact, Reason.OutOfTime);
            return true;
        }
        return false;
    }

    private void failed(Fact fact, SQLException e) throws SQLException {
        var error = StatementError.of(e);
        if (error == StatementError.ConnectionLost) {
            throw e;
        }
        invalidText |= Session.isInvalidText(e);
        var reason = reason(e, error);
        unknown.putIfAbsent(fact, new UnknownFact(fact, reason, reason == Reason.ServerError ? firstLine(e) : ""));
    }

    private static Reason reason(SQLException e, StatementError error) {
        return switch (error) {
            case Locked -> Reason.Locked;
            case TimedOut -> Reason.TimedOut;
            case NoPrivilege -> Reason.NoPrivilege;
            case Gone, ConnectionLost, Other ->
                String.valueOf(e.getSQLState()).startsWith("53") ? Reason.OutOfMemory : Reason.ServerError;
        };
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    @FunctionalInterface
    public interface Query<T> {
        public T read() throws SQLException;
    }
}
