package dev.seqwatch.postgres.catalog;

import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Objects other than table defaults that depend on a sequence: views, SQL-body functions, rules, domains. */
public final class OtherUsesQuery {
    private static final String SQL = """
            SELECT d.refobjid::bigint, pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
              FROM pg_catalog.pg_depend d
              JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
              LEFT JOIN pg_catalog.pg_attrdef ad
                ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND ad.oid = d.objid
              LEFT JOIN pg_catalog.pg_class t ON t.oid = ad.adrelid
              LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum
             WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
               -- 'a' is what a generated column of 13 and 14 has instead of an expression with a row of its own
               AND (d.deptype = 'n' OR d.deptype = 'a' AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid > 0)
               AND (ad.oid IS NULL OR t.relkind NOT IN ('r', 'p', 'f') OR a.attgenerated <> '')
            """;

    private OtherUsesQuery() {}

    public static Map<Long, List<String>> read(Session session) throws SQLException {
        var found = new HashMap<Long, List<String>>();
        session.query(
                SQL,
                row -> found.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(row.getString(2)));
        return found;
    }
}
