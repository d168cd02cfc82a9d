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
import java.util.Set;

/**
 * Objects because of which {@code ALTER COLUMN … TYPE} refuses: views and rules, triggers and policies that name the
 * column, generated columns, publications with a row filter, a partition key, an index with an operator class that is not
 * the default of its type, an index or a constraint that calls a function with an integer argument, a foreign key with a
 * PERIOD, and for every column of a table the columns that store its rows and the type that it was made of (tablecmds.c,
 * ATPrepAlterColumnType and ATExecAlterColumnType).
 *
 * <p>Also what PostgreSQL lets pass and breaks by it: a foreign table, and functions in PL/pgSQL that return the column by
 * RETURN QUERY, which converts no type (pl_exec.c, exec_stmt_return_query). PostgreSQL records no dependency of those, so
 * they are found by the names of table and column in their text.
 */
public final class BlockerQuery {
    private static final String SQL = """
            WITH wanted AS MATERIALIZED (
              SELECT a.attrelid AS relation, a.attnum, a.attname
                FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.oid[]), pg_catalog.unnest(?::text[])) AS w(relation, attname)
                JOIN pg_catalog.pg_attribute a
                  ON a.attrelid = w.relation AND a.attname = w.attname::name AND a.attnum > 0 AND NOT a.attisdropped
            ), depending AS (
              SELECT DISTINCT w.relation, w.attname, CASE WHEN r.oid IS NULL THEN d.classid ELSE d.refclassid END AS classid,
                     coalesce(r.ev_class, d.objid) AS objid, CASE WHEN r.oid IS NULL THEN d.objsubid ELSE 0 END AS objsubid
                FROM wanted w
                JOIN pg_catalog.pg_depend d
                  ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                 AND d.refobjid = w.relation AND d.refobjsubid = w.attnum
                LEFT JOIN pg_catalog.pg_rewrite r
                  ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = d.objid
                LEFT JOIN pg_catalog.pg_attrdef ad
                  ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND ad.oid = d.objid
               WHERE d.classid IN ('pg_catalog.pg_rewrite'::pg_catalog.regclass, 'pg_catalog.pg_trigger'::pg_catalog.regclass,
                                    'pg_catalog.pg_policy'::pg_catalog.regclass, 'pg_catalog.pg_proc'::pg_catalog.regclass,
                                    'pg_catalog.pg_publication_rel'::pg_catalog.regclass)
                  OR (ad.oid IS NOT NULL AND ad.adnum <> d.refobjsubid)
                  -- a generated column up to 14, where its expression has no row of its own here
                  OR (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = d.refobjid AND d.objsubid > 0)
            )
            SELECT d.relation::bigint AS relation, d.attname, pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) AS blocker
              FROM depending d
            UNION ALL
            SELECT w.relation::bigint, w.attname, 'the partition key of ' || p.partrelid::pg_catalog.regclass::text
              FROM wanted w
              JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = w.relation AND w.attnum = ANY (p.partattrs::int2[])
            UNION ALL
            SELECT DISTINCT w.relation::bigint, w.attname, 'the partition key of ' || p.partrelid::pg_catalog.regclass::text
              FROM wanted w
              JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = w.relation
             CROSS JOIN LATERAL pg_catalog.regexp_matches(p.partexprs::text, ':varattno ([0-9]+)', 'g') AS v(found)
             WHERE v.found[1]::int = w.attnum
            UNION ALL
            SELECT w.relation::bigint, w.attname,
                   pg_catalog.format('%s, whose operator class %s takes %s alone',
                       pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid, 0),
                       o.opcname, pg_catalog.format_type(o.opcintype, NULL))
              FROM wanted w
              JOIN pg_catalog.pg_index i ON i.indrelid = w.relation
             CROSS JOIN LATERAL ROWS FROM (pg_catalog.unnest(i.indkey::int2[]), pg_catalog.unnest(i.indclass::oid[])) AS k(attnum, opclass)
              JOIN pg_catalog.pg_opclass o ON o.oid = k.opclass AND NOT o.opcdefault
              JOIN pg_catalog.pg_type t ON t.oid = o.opcintype AND t.typtype <> 'p'
             WHERE k.attnum = w.attnum
            UNION ALL
            SELECT DISTINCT w.relation::bigint, w.attname,
                   pg_catalog.format('%s, which calls %s',
                       pg_catalog.pg_describe_object(d.classid, d.objid, 0), f.oid::pg_catalog.regprocedure)
              FROM wanted w
              JOIN pg_catalog.pg_depend d
                ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
               AND d.refobjid = w.relation AND d.refobjsubid = w.attnum
               AND (d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
                    OR (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                        AND EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indexrelid = d.objid)))
              JOIN pg_catalog.pg_depend c
                ON c.classid = d.classid AND c.objid = d.objid AND c.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
              JOIN pg_catalog.pg_proc f ON f.oid = c.refobjid
               AND f.proargtypes::oid[] && ARRAY['int2', 'int4', 'int2[]', 'int4[]']::pg_catalog.regtype[]::oid[]
            UNION ALL
            SELECT w.relation::bigint, w.attname,
                   pg_catalog.format('%s, which only declares the type that the column has on another server',
                       pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, c.oid, 0))
              FROM wanted w
              JOIN pg_catalog.pg_class c ON c.oid = w.relation AND c.relkind = 'f'
            UNION ALL
            -- 18 builds the key of a child anew before the NOT NULL that the child has from its parent
            SELECT w.relation::bigint, w.attname,
                   pg_catalog.pg_describe_object('pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, 0)
              FROM wanted w
              JOIN pg_catalog.pg_attribute a ON a.attrelid = w.relation AND a.attnum = w.attnum AND a.attnotnull
              JOIN pg_catalog.pg_inherits h ON h.inhparent = w.relation
              JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND NOT c.relispartition
              JOIN pg_catalog.pg_attribute b ON b.attrelid = c.oid AND b.attname = w.attname
              JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p' AND b.attnum = ANY (k.conkey)
             WHERE pg_catalog.current_setting('server_version_num')::int >= 180000
            UNION ALL
            SELECT w.relation::bigint, w.attname,
                   pg_catalog.pg_describe_object('pg_catalog.pg_type'::pg_catalog.regclass, c.reloftype, 0)
              FROM wanted w
              JOIN pg_catalog.pg_class c ON c.oid = w.relation AND c.reloftype <> 0
             ORDER BY 1, 2, 3
            """;

    /** For all tables in one statement. It starts from the few columns that store rows, because no index leads to them from a table. */
    private static final String ROW_TYPES = """
            SELECT t.typrelid::bigint AS relation,
                   pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, u.attrelid, u.attnum) AS blocker
              FROM (SELECT attrelid, attnum, atttypid FROM pg_catalog.pg_attribute
                     WHERE atttypid >= 16384 AND attnum > 0 AND NOT attisdropped) u
              JOIN pg_catalog.pg_class s ON s.oid = u.attrelid AND s.relkind IN ('r', 'p', 'm', 'f')
              JOIN pg_catalog.pg_type e ON e.oid = u.atttypid
              JOIN pg_catalog.pg_type t ON t.oid = CASE WHEN e.typelem <> 0 THEN e.typelem ELSE e.oid END AND t.typrelid <> 0
             ORDER BY 1, 2
            """;

    /** The one kind of foreign key whose index is no btree; a script would change its columns before those of its key. */
    private static final String PERIODS = """
            SELECT s.relation::bigint AS relation, a.attname,
                   pg_catalog.pg_describe_object('pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, 0) || ', which has a PERIOD' AS blocker
              FROM pg_catalog.pg_constraint k
              JOIN pg_catalog.pg_class x ON x.oid = k.conindid
              JOIN pg_catalog.pg_am m ON m.oid = x.relam AND m.amname = 'gist'
             CROSS JOIN LATERAL (SELECT k.conrelid, u.attnum FROM pg_catalog.unnest(k.conkey) AS u(attnum)
                                 UNION ALL
                                 SELECT k.confrelid, u.attnum FROM pg_catalog.unnest(k.confkey) AS u(attnum)) AS s(relation, attnum)
              JOIN pg_catalog.pg_attribute a ON a.attrelid = s.relation AND a.attnum = s.attnum
             WHERE k.contype = 'f'
             ORDER BY 1, 2, 3
            """;

    /** For all functions in one statement: a function is joined by each word of its text, so the cost grows with the text. */
    private static final String RETURN_QUERIES = """
            WITH result AS (
              SELECT p.oid, p.prosrc
                FROM pg_catalog.pg_proc p
                JOIN pg_catalog.pg_language l ON l.oid = p.prolang AND l.lanname = 'plpgsql'
               WHERE p.proretset AND p.prosrc ~* 'return\\s+query'
                 AND (p.prorettype IN ('int2'::pg_catalog.regtype, 'int4'::pg_catalog.regtype)
                      OR EXISTS (SELECT FROM ROWS FROM (pg_catalog.unnest(p.proallargtypes), pg_catalog.unnest(p.proargmodes)) AS g(type, mode)
                                  WHERE g.mode IN ('o', 'b', 't') AND g.type IN ('int2'::pg_catalog.regtype, 'int4'::pg_catalog.regtype))
                      OR EXISTS (SELECT FROM pg_catalog.pg_type t
                                   JOIN pg_catalog.pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
                                   JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
                                    AND a.atttypid IN ('int2'::pg_catalog.regtype, 'int4'::pg_catalog.regtype)
                                  WHERE t.oid = p.prorettype))
            ), words AS MATERIALIZED (
              SELECT DISTINCT result.oid, pg_catalog.lower(w.word) AS word
                FROM result
               CROSS JOIN LATERAL pg_catalog.regexp_split_to_table(result.prosrc, '[^[:alnum:]_$]+') AS w(word)
            )
            SELECT c.oid::bigint AS relation, a.attname,
                   pg_catalog.format('function %s, whose RETURN QUERY fails where the type is not %s',
                       of_table.oid::pg_catalog.regprocedure, pg_catalog.format_type(a.atttypid, NULL)) AS blocker
              FROM words of_table
              JOIN pg_catalog.pg_class c ON pg_catalog.lower(c.relname) = of_table.word AND c.relkind IN ('r', 'p')
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               AND a.atttypid IN ('int2'::pg_catalog.regtype, 'int4'::pg_catalog.regtype)
              JOIN words of_column ON of_column.oid = of_table.oid AND of_column.word = pg_catalog.lower(a.attname)
             ORDER BY 1, 2, 3
            """;

    private BlockerQuery() {}

    /** Columns that nothing blocks are missing from the answer. */
    public static Map<IdColumnQuery.Column, List<String>> read(
            Session session, Collection<IdColumnQuery.Column> columns) throws SQLException {
        var found = new HashMap<IdColumnQuery.Column, List<String>>();
        var all = List.copyOf(columns);
        for (var chunk : Chunks.of(all)) {
            session.query(SQL, row -> add(found, row), IdColumnQuery.Column.arrays(session, chunk));
        }
        session.query(PERIODS, row -> add(found, row));
        session.query(RETURN_QUERIES, row -> add(found, row));
        found.keySet().retainAll(Set.copyOf(all));
        var storing = new HashMap<Long, List<String>>();
        session.query(
                ROW_TYPES,
                row -> storing.computeIfAbsent(row.getLong("relation"), _ -> new ArrayList<>())
                        .add(row.getString("blocker")));
        if (!storing.isEmpty()) {
            for (var column : all) {
                storing.getOrDefault(column.relation(), List.of())
                        .forEach(blocker -> found.computeIfAbsent(column, _ -> new ArrayList<>())
                                .add(blocker));
            }
        }
        return found;
    }

    private static boolean add(Map<IdColumnQuery.Column, List<String>> found, ResultSet row) throws SQLException {
        return found.computeIfAbsent(
                        new IdColumnQuery.Column(row.getLong("relation"), SharedText.of(row, "attname")),
                        _ -> new ArrayList<>())
                .add(row.getString("blocker"));
    }
}
