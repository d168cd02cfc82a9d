package dev.seqwatch.postgres.catalog;

/** Conditions on an index {@code i} of {@code pg_index}. */
final class IndexSql {
    /**
     * The index covers every row that could collide: it has no predicate, or its predicate demands nothing but that some of
     * its own key columns are not null. It is read from the stored tree, because {@code pg_get_expr} would open the table.
     */
    static final String WHOLE = """
            (i.indpred IS NULL
             OR (i.indpred::text ~ '^(\\{BOOLEXPR :boolop and :args \\()?(\\{NULLTEST :arg \\{VAR [^{}]*\\} :nulltesttype 1 [^{}]*\\} ?)+(\\) :location -?[0-9]+\\})?$'
                 AND NOT EXISTS (
                     SELECT FROM pg_catalog.regexp_matches(i.indpred::text, ':varattno ([0-9]+)', 'g') AS v(part)
                      WHERE coalesce(pg_catalog.array_position(i.indkey::int2[], v.part[1]::int2), 32767) >= i.indnkeyatts)))
            """;

    private IndexSql() {}
}
