package dev.seqwatch.postgres.catalog;

import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects because of which {@code ALTER COLUMN … TYPE} refuses: views and rules, triggers and policies that name the
 * column, generated columns, publications with a row filter, a partition key, and for every column of a table whoever
 * stores its rows or the type that it was made of (tablecmds.c, ATPrepAlterColumnType and ATExecAlterColumnType).
 */
public final class BlockerQuery {
    private static final String SQL = """
            WITH depending AS (
              SELECT DISTINCT d.refobjid AS relation, d.refobjsubid AS attnum,
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
                      OR (ad.oid IS NOT NULL AND ad.adnum <> d.refobjsubid)
                      -- a generated column up to 14, where its expression has no row of its own here
                      OR (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = d.refobjid AND d.objsubid > 0))
              UNION ALL
              SELECT p.partrelid, k.attnum, 'the partition key of ' || p.partrelid::pg_catalog.regclass::text
                FROM pg_catalog.pg_partitioned_table p
               CROSS JOIN LATERAL pg_catalog.unnest(p.partattrs::int2[]) AS k(attnum)
               WHERE p.partrelid = ANY (?)
              UNION ALL
              SELECT c.oid, NULL, pg_catalog.pg_describe_object('pg_catalog.pg_type'::pg_catalog.regclass, c.reloftype, 0)
                FROM pg_catalog.pg_class c WHERE c.oid = ANY (?) AND c.reloftype <> 0
            )
            SELECT d.relation::bigint AS relation, a.attname, d.blocker
              FROM depending d
              JOIN pg_catalog.pg_attribute a
                ON a.attrelid = d.relation AND a.attnum > 0 AND (d.attnum = a.attnum OR d.attnum IS NULL)
             ORDER BY 1, 2, 3
            """;

    /** Of all tables at once, and found from the columns: there are few of them, and no index leads there from a table. */
    private static final String ROW_TYPES = """
            SELECT t.typrelid::bigint AS relation, a.attname,
                   pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, u.attrelid, u.attnum) AS blocker
              FROM (SELECT attrelid, attnum, atttypid FROM pg_catalog.pg_attribute
                     WHERE atttypid >= 16384 AND attnum > 0 AND NOT attisdropped) u
              JOIN pg_catalog.pg_class s ON s.oid = u.attrelid AND s.relkind IN ('r', 'p', 'm', 'f')
              JOIN pg_catalog.pg_type e ON e.oid = u.atttypid
              JOIN pg_catalog.pg_type t ON t.oid = CASE WHEN e.typelem <> 0 THEN e.typelem ELSE e.oid END AND t.typrelid <> 0
              JOIN pg_catalog.pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY 1, 2, 3
            """;

    private BlockerQuery() {}

    public static Map<IdColumnQuery.Column, List<String>> read(Session session, Collection<Long> relations)
            throws SQLException {
        var found = new HashMap<IdColumnQuery.Column, List<String>>();
        for (var chunk : Chunks.of(List.copyOf(relations))) {
            var oids = session.array("oid", chunk);
            session.query(SQL, row -> add(found, row), oids, oids, oids);
        }
        session.query(ROW_TYPES, row -> add(found, row));
        return found;
    }

    private static boolean add(Map<IdColumnQuery.Column, List<String>> found, ResultSet row) throws SQLException {
        return found.computeIfAbsent(
                        new IdColumnQuery.Column(row.getLong("relation"), SharedText.of(row, "attname")),
                        _ -> new ArrayList<>())
                .add(row.getString("blocker"));
    }
}
