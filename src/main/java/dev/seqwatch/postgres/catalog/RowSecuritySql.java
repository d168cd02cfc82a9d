package dev.seqwatch.postgres.catalog;

/** Conditions on row-level security, for queries that ask who may insert. */
final class RowSecuritySql {
    /** A stored constant {@code false}. A policy without an expression lets nobody insert either. */
    private static final String NOBODY = "coalesce(coalesce(p.polwithcheck, p.polqual)::text"
            + " LIKE '{CONST :consttype 16 %:constisnull false %[ 0 0 0 0 0 0 0 0 ]}', true)";

    private static final String MAY_INSERT = """
            (NOT RELATION.relrowsecurity
              OR (pg_catalog.pg_has_role(ROLE, RELATION.relowner, 'USAGE') AND NOT RELATION.relforcerowsecurity)
              OR EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.oid = ROLE AND (r.rolbypassrls OR r.rolsuper))
              OR (SELECT coalesce(pg_catalog.bool_or(p.polpermissive AND NOT NOBODY), false)
                         AND NOT pg_catalog.bool_or(NOT p.polpermissive AND NOBODY)
                    FROM pg_catalog.pg_policy p
                   WHERE p.polrelid = RELATION.oid AND p.polcmd IN ('a', '*')
                     AND EXISTS (SELECT FROM pg_catalog.unnest(p.polroles) AS allowed(role)
                                  WHERE allowed.role = 0 OR pg_catalog.pg_has_role(ROLE, allowed.role, 'USAGE'))))
            """;

    private RowSecuritySql() {}

    /**
     * Whether row-level security leaves a role any row that it may insert: it does not apply to the role, or a permissive
     * policy for INSERT does, and none that applies is the constant false (manual, section 5.9).
     *
     * @param role an expression of type oid
     * @param relation the alias of a row of pg_class
     */
    static String mayInsert(String role, String relation) {
        return MAY_INSERT
                .replace("NOBODY", NOBODY)
                .replace("RELATION", relation)
                .replace("ROLE", role)
                .strip();
    }
}
