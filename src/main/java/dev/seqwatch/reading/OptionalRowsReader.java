package dev.seqwatch.reading;

import dev.seqwatch.assembly.CatalogRows;
import dev.seqwatch.assembly.OptionalRows;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Server;
import dev.seqwatch.postgres.catalog.BlockerQuery;
import dev.seqwatch.postgres.catalog.OtherUsesQuery;
import dev.seqwatch.postgres.connection.OptionalReads;
import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;

/** Reads what the catalogs say beyond the core. */
final class OptionalRowsReader {
    private OptionalRowsReader() {}

    static OptionalRows read(Session session, Server server, OptionalReads optional, CatalogRows core)
            throws SQLException {
        var tables = new HashSet<>(core.tables());
        core.foreignKeys()
                .values()
                .forEach(keys -> keys.forEach(key -> tables.addAll(core.trees().members(key.root()))));
        return new OptionalRows(
                optional.read(Fact.TypeChangeBlockers, () -> BlockerQuery.read(session, tables), Map.of()),
                optional.read(Fact.OtherUses, () -> OtherUsesQuery.read(session), Map.of()),
                InsertGrantsReader.read(session, server, optional, core.defaults(), core.relations()));
    }
}
