package dev.seqwatch.reading;

import dev.seqwatch.assembly.CatalogRows;
import dev.seqwatch.assembly.InheritanceTree;
import dev.seqwatch.assembly.SequenceAssembler;
import dev.seqwatch.assembly.SequenceColumnFactory;
import dev.seqwatch.assembly.SequenceCompletion;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.DatabaseState.DefaultGrant;
import dev.seqwatch.model.DatabaseState.IntegerColumns;
import dev.seqwatch.model.DatabaseState.LateBound;
import dev.seqwatch.model.DatabaseState.UnknownCall;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.StatsReset;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.postgres.catalog.BlindSchemasQuery;
import dev.seqwatch.postgres.catalog.DatabasesQuery;
import dev.seqwatch.postgres.catalog.DatabasesQuery.ListedDatabase;
import dev.seqwatch.postgres.catalog.DefaultGrantQuery;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.catalog.SequenceCountQuery;
import dev.seqwatch.postgres.catalog.ServerQuery;
import dev.seqwatch.postgres.catalog.StatsResetQuery;
import dev.seqwatch.postgres.connection.ConnectionError;
import dev.seqwatch.postgres.connection.ConnectionGuard;
import dev.seqwatch.postgres.connection.GuardedConnection;
import dev.seqwatch.postgres.connection.HeapPermits;
import dev.seqwatch.postgres.connection.HeapPermits.TooManySequencesException;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.postgres.connection.WorkPermits;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads databases of one server, one short connection each. Never throws for what a database does. */
public record DatabaseReader(InstantSource clock, ConnectionGuard guard) {
    private static final int ONE = 1;

    /** For a single reading, without a limit on its time as a whole. */
    public DatabaseReader(InstantSource clock) {
        this(clock, new ConnectionGuard(clock, new WorkPermits(ONE)));
    }

    /** The server's databases, or why it does not tell. */
    public sealed interface Databases {
        record Listed(List<ListedDatabase> databases) implements Databases {}

        record Unknown(ReadResult.Unreachable reading) implements Databases {}
    }

    public Databases databases(Target target, String through) {
        return switch (ask(target, through, DatabasesQuery::read)) {
            case Answer.Given<List<ListedDatabase>>(var databases) -> new Databases.Listed(databases);
            case Answer.None<List<ListedDatabase>>(var reason) -> new Databases.Unknown(reason);
        };
    }

    /** Queries that one connection answers. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Session session) throws SQLException;
    }

    /** What they answer, or why they do not. */
    sealed interface Answer<T> {
        record Given<T>(T answer) implements Answer<T> {}

        record None<T>(ReadResult.Unreachable reason) implements Answer<T> {}
    }

    <T> Answer<T> ask(Target target, String database, Question<T> question) {
        var from = clock.instant();
        try (var guarded = guard.open()) {
            try (var session = Session.open(target, database, guarded)) {
                return new Answer.Given<>(question.ask(session));
            } catch (SQLException e) {
                return new Answer.None<>(failure(e, guarded, target, database, from));
            }
        }
    }

    public ReadResult read(Target target, String database, Scope scope) {
        return read(target, database, scope, new OptionalReads(guard::late));
    }

    public ReadResult read(Target target, String database, Scope scope, OptionalReads optional) {
        return read(target, database, scope, optional, HeapPermits.OF_PROCESS);
    }

    public ReadResult read(Target target, String database, Scope scope, OptionalReads optional, HeapPermits heap) {
        var from = clock.instant();
        var silence = guard.silence();
        if (silence != null) {
            return new ReadResult.Unreachable(
                    silence.reason(),
                    "Database \"" + database + "\" was not tried, because the server does not answer. "
                            + silence.message(),
                    from,
                    Duration.ZERO);
        }
        try (var guarded = guard.open()) {
            HeapPermits.@Nullable Permit permit = null;
            try (var session = Session.open(target, database, guarded)) {
                var counts = retryAsBytes(session, optional, () -> SequenceCountQuery.read(session));
                permit = room(counts, scope, heap);
                var state = permit.releaseWith(
                        retryAsBytes(session, optional, () -> state(session, database, scope, optional, from)));
                permit = null;
                return new ReadResult.Success(state);
            } catch (SQLException e) {
                return failure(e, guarded, target, database, from);
            } catch (TooManySequencesException e) {
                return new ReadResult.Unreachable(
                        ReadResult.Reason.TooManySequences,
                        ConnectionError.where(target, database) + " " + e.getMessage(),
                        from,
                        Duration.between(from, clock.instant()));
            } finally {
                if (permit != null) {
                    permit.release();
                }
            }
        }
    }

    /** A database of encoding SQL_ASCII may hold names in any encoding: where they are no UTF-8, they are shown as LATIN1. */
    private static <T> T retryAsBytes(Session session, OptionalReads optional, OptionalReads.Query<T> work)
            throws SQLException {
        try {
            var answer = work.read();
            if (!optional.metInvalidText() || !session.holdsBytes()) {
                return answer;
            }
        } catch (SQLException e) {
            if (!Session.isInvalidText(e) || !session.holdsBytes()) {
                throw e;
            }
        }
        session.readBytesAsLetters();
        optional.forget();
        return work.read();
    }

    private DatabaseState state(Session session, String database, Scope scope, OptionalReads optional, Instant from)
            throws SQLException {
        var server = ServerQuery.read(session);
        var found = sequences(session, server, optional, scope);
        List<String> blind = optional.read(Fact.HiddenSchemas, () -> BlindSchemasQuery.read(session), List.of());
        List<DefaultGrant> defaultGrants =
                optional.read(Fact.DefaultGrants, () -> DefaultGrantQuery.read(session), List.of());
        Optional<StatsReset> counting = optional.read(
                Fact.StatsReset, () -> Optional.ofNullable(StatsResetQuery.read(session)), Optional.empty());
        var integers = optional.read(
                Fact.IntegerColumns,
                () -> new IntegerColumnReader(session, optional, found.trees(), found.references())
                        .read(scope, found.sequences(), found.columnsBeyondHalf()),
                IntegerColumns.NONE);
        return new DatabaseState(
                database,
                server,
                from,
                Duration.between(from, clock.instant()),
                found.sequences(),
                new TreeSet<>(blind),
                found.lateBound(),
                found.unknownCalls(),
                defaultGrants.stream()
                        .filter(grant ->
                                grant.schema() == null || scope.schemas().test(grant.schema()))
                        .toList(),
                counting.orElse(null),
                found.references().stream()
                        .filter(reference ->
                                scope.schemas().test(reference.column().table().schema()))
                        .toList(),
                integers,
                optional.unknown());
    }

    /**
     * The sequences, and what later queries need of all that was read for them.
     *
     * @param references all of the database
     */
    private record Found(
            List<WatchedSequence> sequences,
            List<Reference> references,
            InheritanceTree trees,
            List<LateBound> lateBound,
            List<UnknownCall> unknownCalls,
            List<IdColumnQuery.Column> columnsBeyondHalf) {}

    /** A method of its own, so that nothing holds the rows of the catalogs when it returns. */
    private static Found sequences(Session session, Server server, OptionalReads optional, Scope scope)
            throws SQLException {
        var assembled = assemble(session, server, optional, scope);
        var rows = assembled.rows();
        var core = new SequenceReader(session, server, optional).read(assembled.drafts());
        var optionalRows = OptionalRowsReader.read(session, server, optional, rows);
        var completion = new SequenceCompletion(rows, optionalRows, optional.knows(Fact.TypeChangeBlockers));
        var sequences = completion.complete(core);
        return new Found(
                sequences,
                completion.references(),
                rows.trees(),
                rows.lateBound(),
                rows.calls().unknown(),
                IntegerColumnReader.beyondHalf(sequences, rows));
    }

    private record Assembled(CatalogRows rows, List<SequenceAssembler.UnreadSequence> drafts) {}

    private static Assembled assemble(Session session, Server server, OptionalReads optional, Scope scope)
            throws SQLException {
        var rows = CatalogRowsReader.read(session, server, optional, scope);
        var drafts = new SequenceAssembler(rows, new SequenceColumnFactory(rows, server), scope.limits()).drafts();
        return new Assembled(rows.afterAssembly(), drafts);
    }

    private ReadResult.Unreachable failure(
            SQLException e, GuardedConnection guarded, Target target, String database, Instant from) {
        var took = Duration.between(from, clock.instant());
        if (guard.expired()) {
            return ConnectionError.tooLong(target, database, guard.limit()).reading(from, took);
        }
        var reading = ConnectionError.of(e, target, database).reading(from, took);
        if (reading.reason() == ReadResult.Reason.TimedOut && !guarded.answered()) {
            guard.silent(reading);
        }
        return reading;
    }

    private HeapPermits.Permit room(Map<String, Long> sequencesBySchema, Scope scope, HeapPermits heap)
            throws TooManySequencesException {
        var inspected = 0L;
        var others = 0L;
        for (var schema : sequencesBySchema.entrySet()) {
            if (scope.schemas().test(schema.getKey())) {
                inspected += schema.getValue();
            } else {
                others += schema.getValue();
            }
        }
        return heap.acquire(inspected, others, guard::expired);
    }
}
