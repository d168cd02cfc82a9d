package dev.seqwatch.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects because of which {@code ALTER COLUMN … TYPE} refuses: views and rules, triggers and policies that name the
 * column, generated columns, publications with a row filter, and a partition key (tablecmds.c, ATExecAlterColumnType).
 */
final class BlockerQuery {
    private static final String SQL = """
            SELECT DISTINCT d.refobjid::bigint AS relation, d.refobjsubid AS attnum,
                   CASE WHEN r.oid IS NULL THEN pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
                        ELSE pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, r.ev_class, 0) END AS blocker
              FROM pg_catalog.pg_depend d
              LEFT JOIN pg_catalog.pg_rewrite r
                ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = d.objid
              LEFT JOIN pg_catalog.pg_attrdef ad
                ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND ad.oid = d.objid
             WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
               AND d.refobjid = ANY (?) AND d.refobjsubid > 0
               AND (d.classid IN ('pg_catalog.pg_rewrite'::pg_catalog.regclass, 'pg_catalog.pg_trigger'::pg_catalog.regclass,
                                   'pg_catalog.pg_policy'::pg_catalog.regclass, 'pg_catalog.pg_proc'::pg_catalog.regclass,
                                   'pg_catalog.pg_publication_rel'::pg_catalog.regclass)
                    OR (ad.oid IS NOT NULL AND ad.adnum <> d.refobjsubid))
            UNION ALL
            SELECT p.partrelid::bigint, k.attnum, 'the partition key of ' || p.partrelid::pg_catalog.regclass::text
              FROM pg_catalog.pg_partitioned_table p
             CROSS JOIN LATERAL pg_catalog.unnest(p.partattrs::int2[]) AS k(attnum)
             WHERE p.partrelid = ANY (?)
             ORDER BY 1, 2, 3
            """;

    private BlockerQuery() {}

    static Map<Attribute, List<String>> read(Session session, Collection<Long> relations) throws SQLException {
        var found = new HashMap<Attribute, List<String>>();
        for (var chunk : Chunks.of(List.copyOf(relations))) {
            var oids = session.array("oid", chunk);
            session.query(
                    SQL,
                    row -> found.computeIfAbsent(
                                    new Attribute(row.getLong("relation"), row.getInt("attnum")),
                                    _ -> new ArrayList<>())
                            .add(row.getString("blocker")),
                    oids,
                    oids);
        }
        return found;
    }
}
