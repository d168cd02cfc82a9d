package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Server;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.SQLException;
import java.util.List;

/**
 * Holders of an INSERT grant, on the table, on a column or on an automatically updatable view over it, who cannot call
 * the sequence in the default. The default runs with the rights of the role that inserts, also through a view (manual,
 * sections 5.8 and 41.5), so what counts is every role that a session may act as, and that has the grant: a role that can
 * log in to this database with what it inherits, or one that such a role can only become by SET ROLE. From 16 on a
 * membership may give neither (manual, section 21.3). Nobody acts as a group that has no such member. An owner's own rights
 * are a grant like any other: they help nobody to a sequence that belongs to another role. A role that row-level security
 * lets insert nothing is left out, since the sequence's privilege would not help it. A grant to everyone is not held against
 * the role that inspects, which inserts nothing.
 *
 * <p>Roles are compared with one relation and one sequence of each owner, schema and list of privileges: what holds for it
 * holds for those that are alike, and a database has thousands of tables and few such lists.
 */
public final class GrantQuery {
    private static final String SQL = """
            WITH RECURSIVE ways AS (
              SELECT DISTINCT *
                FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.oid[]), pg_catalog.unnest(?::pg_catalog.oid[]),
                                pg_catalog.unnest(?::pg_catalog.oid[])) AS w(sequence, base, relation)
            ), relations AS (
              SELECT c.oid, pg_catalog.min(c.oid) OVER (
                       PARTITION BY c.relnamespace, c.relowner, c.relacl::text,
                                    CASE WHEN c.relrowsecurity
                                           OR EXISTS (SELECT FROM pg_catalog.pg_attribute a
                                                       WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped)
                                         THEN c.oid END) AS alike
                FROM pg_catalog.pg_class c WHERE c.oid IN (SELECT ways.relation FROM ways)
            ), sequences AS (
              SELECT s.oid, pg_catalog.min(s.oid) OVER (PARTITION BY s.relowner, s.relacl::text) AS alike
                FROM pg_catalog.pg_class s WHERE s.oid IN (SELECT ways.sequence FROM ways)
            ), grants AS (
              SELECT c.oid AS relation, acl.grantee
                FROM (SELECT DISTINCT alike FROM relations) i JOIN pg_catalog.pg_class c ON c.oid = i.alike
               CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) acl
               WHERE acl.privilege_type = 'INSERT'
              UNION
              SELECT i.alike, acl.grantee
                FROM (SELECT DISTINCT alike FROM relations) i
                JOIN pg_catalog.pg_attribute a ON a.attrelid = i.alike AND NOT a.attisdropped
               CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) acl
               WHERE acl.privilege_type = 'INSERT'
            ), logins AS (
              SELECT r.oid FROM pg_catalog.pg_roles r
               WHERE r.rolcanlogin AND NOT r.rolsuper AND r.rolconnlimit <> 0
                 AND pg_catalog.has_database_privilege(r.oid, pg_catalog.current_database(), 'CONNECT')
            ), members AS (
              SELECT m.roleid AS grantee, m.member FROM pg_catalog.pg_auth_members m
              UNION
              SELECT members.grantee, m.member FROM members JOIN pg_catalog.pg_auth_members m ON m.roleid = members.member
            ), acting AS (
              SELECT r.oid AS role, r.rolname NOT IN (current_user, session_user) AS others
                FROM pg_catalog.pg_roles r WHERE r.oid IN (SELECT logins.oid FROM logins)
              UNION
              SELECT m.grantee, x.rolname NOT IN (current_user, session_user)
                FROM members m
                JOIN logins ON logins.oid = m.member
                JOIN pg_catalog.pg_roles x ON x.oid = m.member
                JOIN pg_catalog.pg_roles r ON r.oid = m.grantee AND NOT r.rolsuper
               WHERE pg_catalog.pg_has_role(m.member, m.grantee, ?) AND NOT pg_catalog.pg_has_role(m.member, m.grantee, 'USAGE')
            ), actors AS (
              SELECT g.grantee, acting.role AS actor
                FROM (SELECT DISTINCT grantee FROM grants) g JOIN acting ON acting.role = g.grantee
              UNION
              SELECT m.grantee, m.member
                FROM members m JOIN acting ON acting.role = m.member
               WHERE m.grantee IN (SELECT grants.grantee FROM grants) AND pg_catalog.pg_has_role(m.member, m.grantee, 'USAGE')
              UNION
              SELECT 0, acting.role FROM acting
               WHERE acting.others AND acting.role >= 16384 AND EXISTS (SELECT FROM grants WHERE grantee = 0)
            ), missing AS (
            SELECT DISTINCT g.sequence, g.relation, g.grantee
              FROM (SELECT DISTINCT sequences.alike AS sequence, relations.alike AS relation, grants.grantee
                      FROM ways
                      JOIN sequences ON sequences.oid = ways.sequence
                      JOIN relations ON relations.oid = ways.relation
                      JOIN grants ON grants.relation = relations.alike) g
              JOIN actors a ON a.grantee = g.grantee
              JOIN pg_catalog.pg_class c ON c.oid = g.relation
             WHERE NOT pg_catalog.has_sequence_privilege(a.actor, g.sequence, 'USAGE, UPDATE')
               AND pg_catalog.has_schema_privilege(a.actor, c.relnamespace, 'USAGE')
               AND
            """ + RowSecuritySql.mayInsert("a.actor", "c") + """

               AND NOT (g.grantee = 0 AND EXISTS (
                     SELECT FROM pg_catalog.pg_class s CROSS JOIN LATERAL pg_catalog.aclexplode(s.relacl) acl
                      WHERE s.oid = g.sequence AND acl.grantee = 0 AND acl.privilege_type IN ('USAGE', 'UPDATE')))
            )
            SELECT ways.sequence::bigint AS sequence, ways.base::bigint AS base, ways.relation::bigint AS relation,
                   CASE WHEN missing.grantee = 0 THEN '-' ELSE pg_catalog.pg_get_userbyid(missing.grantee) END AS role,
                   missing.grantee = 0 AS everyone, n.nspname, c.relname
              FROM ways
              JOIN sequences ON sequences.oid = ways.sequence
              JOIN relations ON relations.oid = ways.relation
              JOIN missing ON missing.sequence = sequences.alike AND missing.relation = relations.alike
              JOIN pg_catalog.pg_class c ON c.oid = ways.relation
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            """;

    /** From 16 on SET ROLE takes an option of the membership; before, every member may. */
    private static final int MEMBERSHIP_OPTIONS = 16_00_00;

    private GrantQuery() {}

    public static List<GrantRow> read(Session session, Server server, List<Way> ways) throws SQLException {
        return session.query(
                SQL,
                row -> new GrantRow(
                        row.getLong("sequence"),
                        row.getLong("base"),
                        row.getLong("relation"),
                        row.getBoolean("everyone") ? InsertGrant.PUBLIC : row.getString("role"),
                        new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname"))),
                session.array("oid", ways.stream().map(Way::sequence).toList()),
                session.array("oid", ways.stream().map(Way::base).toList()),
                session.array("oid", ways.stream().map(Way::relation).toList()),
                server.versionNumber() >= MEMBERSHIP_OPTIONS ? "SET" : "MEMBER");
    }

    /**
     * A way to a call.
     *
     * @param base the relation at whose INSERT a default, function, trigger or rule calls the sequence
     * @param relation that one, or a view over it
     */
    public record Way(long sequence, long base, long relation) {}

    /**
     * A role that may insert and may not call the sequence.
     *
     * @param relation oid of the relation that it may insert into
     * @param through name of that relation
     */
    public record GrantRow(long sequence, long base, long relation, String role, RelationName through) {}
}
