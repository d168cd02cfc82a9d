package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.Ownership;
import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All sequences but those of temporary schemas. Members of extensions count: they number the rows of users as well. */
public final class SequenceQuery {
    private static final String SQL = """
            SELECT c.oid::bigint AS oid, n.nspname, c.relname, c.relpersistence, pg_catalog.pg_get_userbyid(c.relowner) AS owner,
                   pg_catalog.format_type(s.seqtypid, NULL) AS type, s.seqmin, s.seqmax, s.seqstart, s.seqincrement,
                   s.seqcache, s.seqcycle,
                   pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS schema_usage,
                   pg_catalog.has_sequence_privilege(c.oid, 'SELECT') AS may_select,
                   pg_catalog.has_sequence_privilege(c.oid, 'USAGE') AS may_use,
                   ns.nspname AS owner_schema, ot.relname AS owner_table, oa.attname AS owner_column, o.deptype = 'i' AS identity,
                   (SELECT x.extname FROM pg_catalog.pg_depend e JOIN pg_catalog.pg_extension x ON x.oid = e.refobjid
                     WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid IN (c.oid, o.refobjid)
                       AND e.deptype = 'e' LIMIT 1) AS extension,
                   pg_catalog.pg_stat_get_blocks_fetched(c.oid) AS accesses
              FROM pg_catalog.pg_sequence s
              JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_depend o
                ON o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.objid = c.oid AND o.objsubid = 0
               AND o.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.deptype IN ('a', 'i')
              LEFT JOIN pg_catalog.pg_class ot ON ot.oid = o.refobjid
              LEFT JOIN pg_catalog.pg_namespace ns ON ns.oid = ot.relnamespace
              LEFT JOIN pg_catalog.pg_attribute oa ON oa.attrelid = o.refobjid AND oa.attnum = o.refobjsubid
             WHERE c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
             ORDER BY n.nspname, c.relname
            """;

    private SequenceQuery() {}

    public static List<SequenceRow> read(Session session) throws SQLException {
        return session.query(SQL, SequenceQuery::found);
    }

    private static SequenceRow found(ResultSet row) throws SQLException {
        var sequence = new Sequence(
                new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                SharedText.of(row, "type"),
                ValueRange.of(integer(row, "seqmin"), integer(row, "seqmax")),
                integer(row, "seqstart"),
                integer(row, "seqincrement"),
                row.getLong("seqcache"),
                row.getBoolean("seqcycle"),
                persistence(SharedText.of(row, "relpersistence")),
                SharedText.of(row, "owner"));
        return new SequenceRow(
                row.getLong("oid"),
                sequence,
                row.getBoolean("schema_usage"),
                row.getBoolean("may_select"),
                row.getBoolean("may_use"),
                owned(row),
                row.getString("extension"),
                row.getLong("accesses"));
    }

    private static @Nullable Ownership owned(ResultSet row) throws SQLException {
        var schema = row.getString("owner_schema");
        return schema == null
                ? null
                : new Ownership(
                        new RelationName(schema.intern(), SharedText.of(row, "owner_table"))
                                .column(SharedText.of(row, "owner_column")),
                        row.getBoolean("identity"),
                        row.getBoolean("identity"));
    }

    static Persistence persistence(String code) {
        return switch (code) {
            case "u" -> Persistence.Unlogged;
            case "t" -> Persistence.Temporary;
            default -> Persistence.Permanent;
        };
    }

    private static BigInteger integer(ResultSet row, String column) throws SQLException {
        return BigInteger.valueOf(row.getLong(column));
    }

    /**
     * A sequence and what our role may do with it.
     *
     * @param extension that has the sequence, or the table that owns it, as a member; else null
     * @param accesses as {@link dev.seqwatch.model.SequenceUses#accesses} has them
     */
    public record SequenceRow(
            long oid,
            Sequence sequence,
            boolean schemaUsage,
            boolean maySelect,
            boolean mayUse,
            @Nullable Ownership owned,
            @Nullable String extension,
            long accesses) {}
}
