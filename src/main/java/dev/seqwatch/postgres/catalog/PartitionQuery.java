package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.PartitionRange;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of tables that are partitioned by ranges of a number and have no DEFAULT partition. The bounds are
 * constants, so their text needs no table and no lock.
 */
public final class PartitionQuery {
    private static final String SQL = """
            SELECT p.partrelid::bigint AS relation, a.attname, n.nspname, c.relname,
                   pg_catalog.pg_get_expr(c.relpartbound, 0) AS bound
              FROM pg_catalog.pg_partitioned_table p
              JOIN pg_catalog.pg_class root ON root.oid = p.partrelid AND root.relpersistence <> 't'
              JOIN pg_catalog.pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = (p.partattrs::int2[])[0]
              JOIN pg_catalog.pg_type t ON t.oid = a.atttypid AND t.typname IN ('int2', 'int4', 'int8', 'numeric')
              LEFT JOIN (pg_catalog.pg_inherits i
                    JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relpartbound IS NOT NULL
                    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace) ON i.inhparent = p.partrelid
             WHERE p.partstrat = 'r' AND p.partdefid = 0
            """;

    /** The first column of either end, and what follows it. */
    private static final Pattern BOUND = Pattern.compile(
            "FOR VALUES FROM \\('?(-?\\d+|MINVALUE)'?(?:, [^)]*)?\\) TO \\('?(-?\\d+|MAXVALUE)'?(, [^)]*)?\\)");

    private PartitionQuery() {}

    /** By the table and the column of the partition key; a table without partitions has an empty list. */
    public static Map<IdColumnQuery.Column, List<PartitionRange>> read(Session session) throws SQLException {
        var found = new HashMap<IdColumnQuery.Column, List<PartitionRange>>();
        session.query(SQL, row -> {
            var column = new IdColumnQuery.Column(row.getLong("relation"), SharedText.of(row, "attname"));
            var ranges = found.computeIfAbsent(column, _ -> new ArrayList<>());
            if (row.getString("bound") != null) {
                ranges.add(range(row));
            }
            return column;
        });
        return found;
    }

    private static PartitionRange range(ResultSet row) throws SQLException {
        var name = new RelationName(row.getString("nspname"), row.getString("relname"));
        var bound = BOUND.matcher(row.getString("bound"));
        if (!bound.matches()) {
            return new PartitionRange(name, null, null); // not understood, so that no end is concluded
        }
        var end = number(bound.group(2));
        var sharesItsEnd = bound.group(3) != null && !bound.group(3).startsWith(", MINVALUE");
        return new PartitionRange(
                name, number(bound.group(1)), end == null || sharesItsEnd ? end : end.subtract(BigInteger.ONE));
    }

    private static @Nullable BigInteger number(String text) {
        return text.endsWith("VALUE") ? null : new BigInteger(text);
    }
}
