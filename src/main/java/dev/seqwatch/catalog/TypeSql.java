package dev.seqwatch.catalog;

import dev.seqwatch.model.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The parts of a query that resolve the type of a column {@code a} through its domains. */
final class TypeSql {
    /** Goes after WITH RECURSIVE. The innermost domain's modifier counts, as in getBaseTypeAndTypmod of lsyscache.c. */
    static final String DOMAINS = """
            steps(domain, below, typmod, depth) AS (
              SELECT t.oid, t.typbasetype, t.typtypmod, 1 FROM pg_catalog.pg_type t WHERE t.typtype = 'd'
              UNION ALL
              SELECT steps.domain, t.typbasetype, t.typtypmod, steps.depth + 1
                FROM steps JOIN pg_catalog.pg_type t ON t.oid = steps.below AND t.typtype = 'd'
            ), domains AS (
              SELECT DISTINCT ON (domain) domain, below, typmod FROM steps ORDER BY domain, depth DESC
            )
            """;

    static final String COLUMNS = """
            pg_catalog.format_type(a.atttypid, a.atttypmod) AS display, t.typname,
            CASE WHEN domains.domain IS NULL THEN a.atttypmod ELSE domains.typmod END AS typmod,
            domains.domain IS NOT NULL AS is_domain
            """;

    static final String JOINS = """
            LEFT JOIN domains ON domains.domain = a.atttypid
            JOIN pg_catalog.pg_type t ON t.oid = coalesce(domains.below, a.atttypid)
            """;

    private TypeSql() {}

    static ColumnType read(ResultSet row) throws SQLException {
        return new ColumnType(
                row.getString("display"), row.getString("typname"), row.getInt("typmod"), row.getBoolean("is_domain"));
    }
}
