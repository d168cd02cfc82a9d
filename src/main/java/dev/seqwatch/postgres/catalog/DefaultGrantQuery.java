package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.DatabaseState.DefaultGrant;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Default privileges that let a role insert into tables still to come, and not call their sequences. Entries of a schema
 * add to those for all schemas: manual, ALTER DEFAULT PRIVILEGES. Where the creator may create, and some schemas are seen to
 * and others not, those others have the gap; where none is, all have it. Roles are compared once for lists of privileges that
 * are alike: there may be one for each of tens of thousands of schemas.
 */
public final class DefaultGrantQuery {
    private static final String SQL = """
            WITH acls AS (
              SELECT d.defaclrole AS creator, d.defaclnamespace AS schema, d.defaclobjtype AS kind,
                     pg_catalog.min(d.oid) OVER (PARTITION BY d.defaclrole, d.defaclobjtype, d.defaclacl::text) AS alike
                FROM pg_catalog.pg_default_acl d
               WHERE d.defaclobjtype IN ('r', 'S')
            ), spots AS (
              SELECT t.creator, false AS everywhere, n.oid AS schema, n.nspname, t.alike AS tables
                FROM acls t JOIN pg_catalog.pg_namespace n ON n.oid = t.schema
               WHERE t.kind = 'r'
              UNION ALL
              SELECT t.creator, true, n.oid, n.nspname, t.alike
                FROM acls t
                LEFT JOIN pg_catalog.pg_namespace n
                  ON n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                 AND pg_catalog.has_schema_privilege(t.creator, n.oid, 'CREATE')
               WHERE t.kind = 'r' AND t.schema = 0
            ), places AS (
              SELECT s.*, coalesce(own.alike, 0) AS own_sequences, coalesce(every.alike, 0) AS all_sequences
                FROM spots s
                LEFT JOIN acls own ON own.kind = 'S' AND own.creator = s.creator AND own.schema = s.schema
                LEFT JOIN acls every ON every.kind = 'S' AND every.creator = s.creator AND every.schema = 0
            ), judged AS (
              SELECT p.*, t.grantee, EXISTS (
                       SELECT FROM pg_catalog.pg_default_acl q CROSS JOIN LATERAL pg_catalog.aclexplode(q.defaclacl) acl
                        WHERE q.oid IN (p.own_sequences, p.all_sequences) AND acl.privilege_type IN ('USAGE', 'UPDATE')
                          AND (acl.grantee = 0
                               OR (t.grantee <> 0 AND pg_catalog.pg_has_role(t.grantee, acl.grantee, 'USAGE')))) AS covered
                FROM (SELECT DISTINCT creator, everywhere, tables, own_sequences, all_sequences FROM places) p
                JOIN pg_catalog.pg_default_acl d ON d.oid = p.tables
               CROSS JOIN LATERAL (SELECT DISTINCT acl.grantee FROM pg_catalog.aclexplode(d.defaclacl) acl
                                    WHERE acl.privilege_type = 'INSERT') t
                LEFT JOIN pg_catalog.pg_roles r ON r.oid = t.grantee
               WHERE NOT coalesce(r.rolsuper, false)
                 AND NOT (t.grantee <> 0 AND pg_catalog.pg_has_role(t.grantee, p.creator, 'USAGE'))
                 AND NOT EXISTS (
                     SELECT FROM pg_catalog.pg_roles w
                      WHERE w.rolname = 'pg_write_all_data' AND t.grantee <> 0 AND pg_catalog.pg_has_role(t.grantee, w.oid, 'USAGE'))
            ), gaps AS (
              SELECT creator, everywhere, tables, own_sequences, all_sequences, somewhere,
                     pg_catalog.array_agg(CASE WHEN grantee = 0 THEN '' ELSE pg_catalog.pg_get_userbyid(grantee)::text END) AS grantees
                FROM (SELECT *, pg_catalog.bool_or(covered) OVER (PARTITION BY creator, grantee, everywhere) AS somewhere
                        FROM judged) j
               WHERE NOT covered
               GROUP BY 1, 2, 3, 4, 5, 6
            )
            SELECT DISTINCT pg_catalog.pg_get_userbyid(g.creator) AS creator,
                   CASE WHEN g.everywhere AND NOT g.somewhere THEN NULL ELSE p.nspname END AS schema, g.grantees
              FROM gaps g
              JOIN places p
                ON p.creator = g.creator AND p.everywhere = g.everywhere AND p.tables = g.tables
               AND p.own_sequences = g.own_sequences AND p.all_sequences = g.all_sequences
             ORDER BY 1, 2
            """;

    private DefaultGrantQuery() {}

    public static List<DefaultGrant> read(Session session) throws SQLException {
        record Scope(String creator, @Nullable String schema) {}
        var grantees = new LinkedHashMap<Scope, SortedSet<String>>();
        session.query(
                SQL,
                row -> grantees.computeIfAbsent(
                                new Scope(SharedText.of(row, "creator"), row.getString("schema")), _ -> new TreeSet<>())
                        .addAll(List.of((String[]) row.getArray("grantees").getArray())));
        return grantees.entrySet().stream()
                .map(entry -> new DefaultGrant(
                        entry.getKey().creator(),
                        entry.getKey().schema(),
                        entry.getValue().stream()
                                .map(grantee -> grantee.isEmpty() ? InsertGrant.PUBLIC : grantee.intern())
                                .toList()))
                .toList();
    }
}
