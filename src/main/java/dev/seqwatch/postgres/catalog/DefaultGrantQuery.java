package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.DatabaseState.DefaultGrant;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.postgres.connection.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Default privileges that let a role insert into tables still to come, and not call their sequences. Entries of a schema
 * add to those for all schemas: manual, ALTER DEFAULT PRIVILEGES. Where the creator may create, and some schemas are seen to
 * and others not, those others have the gap; where none is, all have it.
 */
public final class DefaultGrantQuery {
    private static final String SQL = """
            WITH entries AS (
              SELECT d.defaclrole AS creator, d.defaclnamespace AS schema, d.defaclobjtype AS kind, acl.grantee, acl.privilege_type
                FROM pg_catalog.pg_default_acl d
               CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) acl
               WHERE d.defaclobjtype IN ('r', 'S')
            ), callable AS (
              SELECT DISTINCT creator, schema, grantee FROM entries WHERE kind = 'S' AND privilege_type IN ('USAGE', 'UPDATE')
            ), inserting AS (
              SELECT DISTINCT t.creator, t.schema, t.grantee
                FROM entries t LEFT JOIN pg_catalog.pg_roles r ON r.oid = t.grantee
               WHERE t.kind = 'r' AND t.privilege_type = 'INSERT' AND NOT coalesce(r.rolsuper, false)
                 AND NOT (t.grantee <> 0 AND pg_catalog.pg_has_role(t.grantee, t.creator, 'USAGE'))
                 AND NOT EXISTS (
                     SELECT FROM pg_catalog.pg_roles w
                      WHERE w.rolname = 'pg_write_all_data' AND t.grantee <> 0 AND pg_catalog.pg_has_role(t.grantee, w.oid, 'USAGE'))
            ), spots AS (
              SELECT t.creator, t.grantee, false AS everywhere, n.oid AS schema, n.nspname
                FROM inserting t JOIN pg_catalog.pg_namespace n ON n.oid = t.schema
              UNION ALL
              SELECT t.creator, t.grantee, true, n.oid, n.nspname
                FROM inserting t
                LEFT JOIN pg_catalog.pg_namespace n
                  ON n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                 AND pg_catalog.has_schema_privilege(t.creator, n.oid, 'CREATE')
               WHERE t.schema = 0
            ), places AS (
              SELECT s.creator, s.grantee, s.everywhere, s.nspname,
                     coalesce(bool_or(c.grantee = 0 OR (s.grantee <> 0 AND pg_catalog.pg_has_role(s.grantee, c.grantee, 'USAGE'))), false)
                       AS covered
                FROM (SELECT *, 0::pg_catalog.oid AS place FROM spots UNION ALL SELECT *, schema FROM spots) s
                LEFT JOIN callable c ON c.creator = s.creator AND c.schema = s.place
               GROUP BY s.creator, s.grantee, s.everywhere, s.schema, s.nspname
            )
            SELECT DISTINCT pg_catalog.pg_get_userbyid(creator) AS creator, g.grantee = 0 AS everyone,
                   CASE WHEN g.everywhere AND NOT g.somewhere THEN NULL ELSE g.nspname END AS schema,
                   CASE WHEN g.grantee = 0 THEN '' ELSE pg_catalog.pg_get_userbyid(g.grantee) END AS grantee
              FROM (SELECT *, bool_or(covered) OVER (PARTITION BY creator, grantee, everywhere) AS somewhere FROM places) g
             WHERE NOT g.covered
             ORDER BY 1, 3, 4
            """;

    private DefaultGrantQuery() {}

    public static List<DefaultGrant> read(Session session) throws SQLException {
        record Scope(String creator, @Nullable String schema) {}
        var grantees = new LinkedHashMap<Scope, List<String>>();
        session.query(
                SQL,
                row -> grantees.computeIfAbsent(
                                new Scope(row.getString("creator"), row.getString("schema")), _ -> new ArrayList<>())
                        .add(row.getBoolean("everyone") ? InsertGrant.PUBLIC : row.getString("grantee")));
        return grantees.entrySet().stream()
                .map(entry -> new DefaultGrant(
                        entry.getKey().creator(), entry.getKey().schema(), entry.getValue()))
                .toList();
    }
}
