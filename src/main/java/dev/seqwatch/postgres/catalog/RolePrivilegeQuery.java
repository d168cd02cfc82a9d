package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.CutoverState.MissingPrivilege;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.RolePrivilege;
import dev.seqwatch.model.RolePrivilege.Kind;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the roles that insert into a database can do there, and which of it they cannot do in another database. The owner of
 * a table is one of them. Superusers are left out, because they can do everything, and so are roles that nobody can log in as or
 * act for.
 */
public final class RolePrivilegeQuery {
    private static final String HELD = """
            WITH RECURSIVE relations AS (
              SELECT c.oid, c.relkind, c.relname, c.relowner, c.relacl, n.oid AS schema, n.nspname
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
               WHERE c.relkind IN ('r', 'p', 'v', 'S') AND c.relpersistence <> 't'
                 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                                  WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid
                                    AND e.deptype = 'e')
            ), grants AS (
              SELECT c.relkind, c.schema, c.nspname, c.relname, acl.grantee, false AS columns
                FROM relations c
               CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(c.relacl,
                 pg_catalog.acldefault((CASE WHEN c.relkind = 'S' THEN 's' ELSE 'r' END)::pg_catalog."char", c.relowner))) acl
               WHERE CASE WHEN c.relkind = 'S' THEN acl.privilege_type IN ('USAGE', 'UPDATE') ELSE acl.privilege_type = 'INSERT' END
              UNION
              SELECT c.relkind, c.schema, c.nspname, c.relname, acl.grantee, true
                FROM relations c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
               CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) acl
               WHERE acl.privilege_type = 'INSERT'
            ), members AS (
              SELECT m.roleid AS role, m.member FROM pg_catalog.pg_auth_members m
               WHERE m.roleid IN (SELECT g.grantee FROM grants g)
              UNION
              SELECT members.role, m.member FROM members JOIN pg_catalog.pg_auth_members m ON m.roleid = members.member
            ), acting AS (
              SELECT r.oid, r.rolname FROM pg_catalog.pg_roles r
               WHERE NOT r.rolsuper AND r.rolname !~ '^pg_' AND r.oid IN (SELECT g.grantee FROM grants g)
                 AND (r.rolcanlogin OR EXISTS (SELECT FROM members m JOIN pg_catalog.pg_roles x ON x.oid = m.member
                                                WHERE m.role = r.oid AND x.rolcanlogin AND NOT x.rolsuper))
            ), roles AS (
              SELECT r.oid, r.rolname, r.rolcanlogin, members.role AS of
                FROM pg_catalog.pg_roles r
                LEFT JOIN members ON members.member = r.oid AND pg_catalog.pg_has_role(r.oid, members.role, 'USAGE')
               WHERE NOT r.rolsuper AND r.rolname !~ '^pg_'
                 AND (members.role IN (SELECT a.oid FROM acting a) OR r.oid IN (SELECT a.oid FROM acting a))
            )
            SELECT 'Login' AS kind, r.rolname AS role, '' AS schema, '' AS name FROM roles r WHERE r.rolcanlogin
            UNION
            SELECT 'Connect', r.rolname, '', '' FROM roles r
             WHERE r.rolcanlogin AND pg_catalog.has_database_privilege(r.oid, pg_catalog.current_database(), 'CONNECT')
            UNION
            SELECT 'Membership', r.rolname, '', g.rolname
              FROM roles r JOIN pg_catalog.pg_roles g ON g.oid = r.of WHERE r.rolcanlogin
            UNION
            SELECT 'SchemaUsage', r.rolname, s.nspname, ''
              FROM (SELECT DISTINCT g.schema, g.nspname, g.grantee FROM grants g) s
              JOIN acting r ON r.oid = s.grantee
             WHERE pg_catalog.has_schema_privilege(r.oid, s.schema, 'USAGE')
            UNION
            SELECT CASE WHEN g.relkind = 'S' THEN 'SequenceUsage' WHEN g.columns THEN 'InsertColumns' ELSE 'Insert' END,
                   CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE r.rolname END, g.nspname, g.relname
              FROM grants g LEFT JOIN acting r ON r.oid = g.grantee
             WHERE g.grantee = 0 OR r.oid IS NOT NULL
             ORDER BY 2, 1, 3, 4
            """;

    /** Where the object is missing there is nothing to grant: that it is missing says all. */
    private static final String MISSING = """
            SELECT w.kind, w.role, w.schema, w.name, r.oid IS NOT NULL OR w.everyone AS role_exists
              FROM (SELECT v.kind, v.role, v.schema, v.name, v.role = 'PUBLIC' AS everyone
                      FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.text[]), pg_catalog.unnest(?::pg_catalog.text[]),
                                      pg_catalog.unnest(?::pg_catalog.text[]), pg_catalog.unnest(?::pg_catalog.text[]))
                           AS v(kind, role, schema, name)) w
              LEFT JOIN pg_catalog.pg_roles r ON r.rolname = w.role AND NOT w.everyone
              LEFT JOIN pg_catalog.pg_roles g ON w.kind = 'Membership' AND g.rolname = w.name
              LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
              LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
             WHERE CASE
                   WHEN w.kind NOT IN ('Login', 'Connect', 'Membership') AND n.oid IS NULL THEN false
                   WHEN w.kind IN ('Insert', 'InsertColumns', 'SequenceUsage') AND c.oid IS NULL THEN false
                   WHEN r.oid IS NULL AND NOT w.everyone THEN true
                   WHEN w.kind = 'Login' THEN NOT r.rolcanlogin
                   WHEN w.kind = 'Connect' THEN NOT pg_catalog.has_database_privilege(r.oid, pg_catalog.current_database(), 'CONNECT')
                   WHEN w.kind = 'Membership' THEN g.oid IS NULL OR NOT pg_catalog.pg_has_role(r.oid, g.oid, 'USAGE')
                   WHEN w.kind = 'SchemaUsage' THEN NOT pg_catalog.has_schema_privilege(r.oid, n.oid, 'USAGE')
                   WHEN w.kind = 'Insert' AND c.relkind IN ('r', 'p', 'v', 'f')
                   THEN NOT CASE WHEN w.everyone THEN pg_catalog.has_table_privilege('public', c.oid, 'INSERT')
                                 ELSE pg_catalog.has_table_privilege(r.oid, c.oid, 'INSERT') END
                   WHEN w.kind = 'InsertColumns' AND c.relkind IN ('r', 'p', 'v', 'f')
                   THEN NOT CASE WHEN w.everyone THEN pg_catalog.has_any_column_privilege('public', c.oid, 'INSERT')
                                 ELSE pg_catalog.has_any_column_privilege(r.oid, c.oid, 'INSERT') END
                   WHEN w.kind = 'SequenceUsage' AND c.relkind = 'S' AND w.everyone
                   THEN NOT pg_catalog.has_sequence_privilege('public', c.oid, 'USAGE, UPDATE')
                   WHEN w.kind = 'SequenceUsage' AND c.relkind = 'S'
                   THEN NOT pg_catalog.has_sequence_privilege(r.oid, c.oid, 'USAGE, UPDATE')
                   ELSE false END
            """;

    private RolePrivilegeQuery() {}

    /** What the roles of this database need and have. */
    public static List<RolePrivilege> held(Session session) throws SQLException {
        return session.query(HELD, RolePrivilegeQuery::privilege);
    }

    /** Those of them that this database does not give. */
    public static List<MissingPrivilege> missing(Session session, List<RolePrivilege> wanted) throws SQLException {
        var missing = new ArrayList<MissingPrivilege>();
        for (var chunk : Chunks.of(wanted)) {
            missing.addAll(session.query(
                    MISSING,
                    row -> new MissingPrivilege(privilege(row), row.getBoolean("role_exists")),
                    session.array(
                            "text",
                            chunk.stream().map(each -> each.kind().name()).toList()),
                    session.array(
                            "text", chunk.stream().map(RolePrivilege::role).toList()),
                    session.array(
                            "text", chunk.stream().map(RolePrivilege::schema).toList()),
                    session.array(
                            "text", chunk.stream().map(RolePrivilege::name).toList())));
        }
        return missing;
    }

    private static RolePrivilege privilege(ResultSet row) throws SQLException {
        var role = SharedText.of(row, "role");
        return new RolePrivilege(
                Kind.valueOf(row.getString("kind")),
                role.equals(InsertGrant.PUBLIC) ? InsertGrant.PUBLIC : role,
                SharedText.of(row, "schema"),
                row.getString("name"));
    }
}
