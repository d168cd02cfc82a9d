package dev.seqwatch.catalog;

import dev.seqwatch.model.DatabaseState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;

/** Reads databases of one server, one short connection each. Never throws for what a database does. */
public record CatalogReader(InstantSource clock) {
    /** Databases that allow connections and are no templates, or why the server does not tell. */
    public sealed interface Databases {
        record Listed(List<String> names) implements Databases {}

        record Unknown(ReadResult.Unreachable reading) implements Databases {}
    }

    public Databases databases(Target target, String through) {
        var from = clock.instant();
        try (var session = Session.open(target, through)) {
            return new Databases.Listed(DatabasesQuery.read(session));
        } catch (SQLException e) {
            return new Databases.Unknown(
                    ConnectionError.of(e, target, through).reading(from, Duration.between(from, clock.instant())));
        }
    }

    public ReadResult read(Target target, String database, Scope scope) {
        var from = clock.instant();
        try (var session = Session.open(target, database)) {
            var server = ServerQuery.read(session);
            var rows = CatalogRows.read(session, scope);
            var drafts = new SequenceAssembler(rows, new SequenceColumnFactory(rows, server), scope.limits()).drafts();
            var sequences = new SequenceReader(session, server).complete(drafts);
            var blind = new TreeSet<>(BlindSchemasQuery.read(session));
            var defaultGrants = DefaultGrantQuery.read(session).stream()
                    .filter(grant -> grant.schema() == null || scope.schemas().test(grant.schema()))
                    .toList();
            var counting = StatsResetQuery.read(session);
            return new ReadResult.Success(new DatabaseState(
                    database,
                    server,
                    from,
                    Duration.between(from, clock.instant()),
                    sequences,
                    blind,
                    rows.unresolved(scope),
                    defaultGrants,
                    counting,
                    rows.references(scope)));
        } catch (SQLException e) {
            return ConnectionError.of(e, target, database).reading(from, Duration.between(from, clock.instant()));
        }
    }
}
