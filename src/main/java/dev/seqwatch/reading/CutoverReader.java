package dev.seqwatch.reading;

import dev.seqwatch.model.CutoverState;
import dev.seqwatch.model.CutoverState.MissingPrivilege;
import dev.seqwatch.model.CutoverState.TargetLook;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.RolePrivilege;
import dev.seqwatch.model.SourceLook;
import dev.seqwatch.model.SubscriptionState;
import dev.seqwatch.model.UserTable;
import dev.seqwatch.postgres.catalog.PublicationQuery;
import dev.seqwatch.postgres.catalog.RolePrivilegeQuery;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.catalog.SearchPathQuery;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import dev.seqwatch.postgres.catalog.ServerQuery;
import dev.seqwatch.postgres.catalog.SourceActivityQuery;
import dev.seqwatch.postgres.catalog.SubscriptionQuery;
import dev.seqwatch.postgres.catalog.UserTableQuery;
import dev.seqwatch.postgres.connection.ConnectionGuard;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.postgres.ids.PositionReader;
import dev.seqwatch.reading.DatabaseReader.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads both databases of a cutover, between two looks at the source: what those show to be unchanged was so while the
 * databases were read.
 */
public final class CutoverReader {
    private final InstantSource clock;
    private final Side source;
    private final Side target;

    /**
     * For one round.
     *
     * @param clock of this machine, for the time between the looks
     */
    public CutoverReader(InstantSource clock, Side source, Side target) {
        this.clock = clock;
        this.source = source;
        this.target = target;
    }

    /**
     * One of the databases.
     *
     * @param guard of its own: a guard belongs to one server
     */
    public record Side(Target target, String database, Scope scope, ConnectionGuard guard) {}

    /** What was read, or why one of the databases could not be. */
    public sealed interface Reading {
        record Success(CutoverState state) implements Reading {}

        /**
         * One of the databases did not answer.
         *
         * @param ofSource whether that is the source; else the target
         */
        record Failure(boolean ofSource, ReadResult.Unreachable reason) implements Reading {}
    }

    /**
     * Reads both.
     *
     * @param apart at least so much time lies between the looks
     */
    public Reading read(Duration apart) throws InterruptedException {
        try {
            var from = clock.instant();
            var first = ask(true, this::look);
            var before = ask(true, session -> objects(session, source.scope()));
            var sourceState = state(true);
            var targetState = state(false);
            var there = ask(false, session -> target(session, before.privileges()));
            Thread.sleep(
                    apart.minus(Duration.between(from, clock.instant())).isPositive()
                            ? apart.minus(Duration.between(from, clock.instant()))
                            : Duration.ZERO);
            var names = new TreeSet<String>();
            there.look().subscriptions().stream()
                    .map(SubscriptionState::publications)
                    .forEach(names::addAll);
            var publications = ask(
                    true,
                    session ->
                            PublicationQuery.read(session, sourceState.server().versionNumber(), names));
            var second = ask(true, this::look);
            return new Reading.Success(new CutoverState(
                    sourceState,
                    targetState,
                    first,
                    second,
                    there.look(),
                    before.searchPaths(),
                    publications,
                    before.tables(),
                    there.tables(),
                    there.missing()));
        } catch (UnreadableException e) {
            return new Reading.Failure(e.ofSource(), e.reason());
        }
    }

    private SourceLook look(Session session) throws SQLException {
        var sequences = SequenceQuery.read(session).stream()
                .filter(found ->
                        source.scope().schemas().test(found.sequence().name().schema()))
                .toList();
        var byOid = PositionReader.read(session, ServerQuery.read(session), sequences);
        Map<RelationName, Position> positions = new HashMap<>();
        for (var found : sequences) {
            var position = byOid.get(found.oid());
            if (position != null) {
                positions.put(found.sequence().name(), position);
            }
        }
        var activity = SourceActivityQuery.read(session);
        return new SourceLook(
                activity.at(),
                activity.serverStarted(),
                activity.walPosition(),
                activity.sessions(),
                activity.readOnly(),
                activity.preparedTransactions(),
                activity.changedRows(),
                positions,
                activity.slots());
    }

    private record Objects(List<UserTable> tables, List<RolePrivilege> privileges, Map<String, String> searchPaths) {}

    private static Objects objects(Session session, Scope scope) throws SQLException {
        return new Objects(
                tables(session, scope),
                RolePrivilegeQuery.held(session).stream()
                        .filter(held -> switch (held.kind()) {
                            case Login, Connect, Membership -> true;
                            case SchemaUsage, Insert, InsertColumns, SequenceUsage ->
                                scope.schemas().test(held.schema());
                        })
                        .toList(),
                SearchPathQuery.read(session));
    }

    private record There(TargetLook look, List<UserTable> tables, List<MissingPrivilege> missing) {}

    private There target(Session session, List<RolePrivilege> privileges) throws SQLException {
        var version = ServerQuery.read(session).versionNumber();
        var activity = SourceActivityQuery.read(session);
        return new There(
                new TargetLook(
                        activity.serverStarted(),
                        SubscriptionQuery.read(session, version),
                        activity.readOnly(),
                        SearchPathQuery.read(session)),
                tables(session, target.scope()),
                RolePrivilegeQuery.missing(session, privileges));
    }

    private static List<UserTable> tables(Session session, Scope scope) throws SQLException {
        return UserTableQuery.read(session).stream()
                .filter(table -> scope.schemas().test(table.name().schema()))
                .toList();
    }

    private DatabaseState state(boolean ofSource) throws UnreadableException {
        var side = side(ofSource);
        return switch (new DatabaseReader(clock, side.guard()).read(side.target(), side.database(), side.scope())) {
            case ReadResult.Success(var state) -> state;
            case ReadResult.Unreachable unreachable -> throw new UnreadableException(ofSource, unreachable);
        };
    }

    private <T> T ask(boolean ofSource, DatabaseReader.Question<T> question) throws UnreadableException {
        var side = side(ofSource);
        return switch (new DatabaseReader(clock, side.guard()).ask(side.target(), side.database(), question)) {
            case Answer.Given<T>(var answer) -> answer;
            case Answer.None<T>(var reason) -> throw new UnreadableException(ofSource, reason);
        };
    }

    private Side side(boolean ofSource) {
        return ofSource ? source : target;
    }

    /** Ends the reading of a cutover; its message is never shown. */
    private static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient boolean ofSource;
        private final transient ReadResult.Unreachable reason;

        private UnreadableException(boolean ofSource, ReadResult.Unreachable reason) {
            super(reason.message());
            this.ofSource = ofSource;
            this.reason = reason;
        }

        private boolean ofSource() {
            return ofSource;
        }

        private ReadResult.Unreachable reason() {
            return reason;
        }
    }
}
