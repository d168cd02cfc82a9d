package dev.seqwatch.catalog;

import dev.seqwatch.sequence.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;

/** Reads databases of one server, one short connection each. Never throws for what a database does. */
public record CatalogReader(InstantSource clock) {
    /** Databases that allow connections and are no templates, or why the server does not tell. */
    public sealed interface Databases {
        record Found(List<String> names) implements Databases {}

        record Unknown(Reading.Unreachable reading) implements Databases {}
    }

    public Databases databases(Target target, String through) {
        var from = clock.instant();
        try (var session = Session.open(target, through)) {
            return new Databases.Found(DatabasesQuery.read(session));
        } catch (SQLException e) {
            return new Databases.Unknown(
                    Failure.of(e, target, through).reading(from, Duration.between(from, clock.instant())));
        }
    }

    public Reading read(Target target, String database, Scope scope) {
        var from = clock.instant();
        try (var session = Session.open(target, database)) {
            var server = ServerQuery.read(session);
            var facts = Facts.read(session, scope);
            var drafts = new Assembly(facts, new Columns(facts, server), scope.limits()).drafts();
            var sequences = new IdReader(session, server).complete(drafts);
            var blind = new TreeSet<>(BlindSchemasQuery.read(session));
            var defaultGrants = DefaultGrantQuery.read(session).stream()
                    .filter(grant -> grant.schema() == null || scope.schemas().test(grant.schema()))
                    .toList();
            var counting = CountingQuery.read(session);
            return new Reading.Read(new Snapshot(
                    database,
                    server,
                    from,
                    Duration.between(from, clock.instant()),
                    sequences,
                    blind,
                    facts.unresolved(scope),
                    defaultGrants,
                    counting));
        } catch (SQLException e) {
            return Failure.of(e, target, database).reading(from, Duration.between(from, clock.instant()));
        }
    }
}
