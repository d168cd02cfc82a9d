package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.ColumnType;
import dev.seqwatch.postgres.connection.SharedText;
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

    /** The same of a second column, {@code key}. */
    static final String KEY_COLUMNS = """
            pg_catalog.format_type(key.atttypid, key.atttypmod) AS key_display, key_type.typname AS key_typname,
            CASE WHEN key_domain.domain IS NULL THEN key.atttypmod ELSE key_domain.typmod END AS key_typmod,
            key_domain.domain IS NOT NULL AS key_is_domain
            """;

    static final String KEY_JOINS = """
            LEFT JOIN domains key_domain ON key_domain.domain = key.atttypid
            JOIN pg_catalog.pg_type key_type ON key_type.oid = coalesce(key_domain.below, key.atttypid)
            """;

    private TypeSql() {}

    static ColumnType read(ResultSet row) throws SQLException {
        return read(row, "");
    }

    static ColumnType readKey(ResultSet row) throws SQLException {
        return read(row, "key_");
    }

    private static ColumnType read(ResultSet row, String prefix) throws SQLException {
        return new ColumnType(
                SharedText.of(row, prefix + "display"),
                SharedText.of(row, prefix + "typname"),
                row.getInt(prefix + "typmod"),
                row.getBoolean(prefix + "is_domain"));
    }
}
