package dev.seqwatch.reading;

import dev.seqwatch.assembly.CatalogRows;
import dev.seqwatch.assembly.OptionalRows;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Server;
import dev.seqwatch.postgres.catalog.BlockerQuery;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.OtherUsesQuery;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads what the catalogs say beyond the core. */
final class OptionalRowsReader {
    private OptionalRowsReader() {}

    static OptionalRows read(Session session, Server server, OptionalReads optional, CatalogRows core)
            throws SQLException {
        return new OptionalRows(
                optional.read(Fact.TypeChangeBlockers, () -> BlockerQuery.read(session, columns(core)), Map.of()),
                optional.read(Fact.OtherUses, () -> OtherUsesQuery.read(session), Map.of()),
                InsertGrantsReader.read(session, server, optional, core.defaults(), core.relations(), core.trees()));
    }

    /** Those that a sequence feeds, and those of foreign keys, in each table of their trees. */
    private static Set<IdColumnQuery.Column> columns(CatalogRows core) {
        var columns = new HashSet<IdColumnQuery.Column>();
        core.defaults()
                .values()
                .forEach(rows -> rows.forEach(row -> core.trees()
                        .members(row.attribute().relation())
                        .forEach(member -> columns.add(new IdColumnQuery.Column(member, row.column())))));
        core.foreignKeys()
                .values()
                .forEach(keys -> keys.forEach(key -> core.trees()
                        .members(key.root())
                        .forEach(member -> columns.add(new IdColumnQuery.Column(member, key.column())))));
        return columns;
    }
}
