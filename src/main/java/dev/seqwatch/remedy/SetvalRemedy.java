package dev.seqwatch.remedy;

import dev.seqwatch.model.DenseRun;
import dev.seqwatch.model.IdSpelling;
import dev.seqwatch.model.KeyKind;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Sql;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Moves a sequence past the run of stored ids that it would still give: only forward, inside the limit, on its own residue
 * class, and under a lock that stops writers while it reads (manual, section 13.3.1: SHARE ROW EXCLUSIVE).
 */
public final class SetvalRemedy {
    private SetvalRemedy() {}

    /**
     * The script.
     *
     * @param bound ids beyond it are no part of the run
     */
    public static String script(WatchedSequence watched, BigInteger bound) {
        var sequence = watched.sequence();
        var name = watched.name().sql();
        var sequenceColumns = watched.sequenceColumns().stream()
                .filter(sequenceColumn -> (spelling(sequenceColumn) != null
                                || (sequenceColumn.storesValues()
                                        && sequenceColumn.type().isNumeric()))
                        && !KeyKind.foreign(sequenceColumn)
                        && !KeyKind.copy(watched, sequenceColumn))
                .toList();
        var script = new Script();
        if (sequenceColumns.stream().anyMatch(SetvalRemedy::byLeadingValues)) {
            script.comment("No index leads on the ids, so that it reads the whole table while writers wait.");
        }
        if (sequenceColumns.stream().anyMatch(sequenceColumn -> spelling(sequenceColumn) != null)) {
            script.comment(
                    "Ids that are no plain numbers are looked for one by one, up to the first thousand values that are free.");
        }
        return script.comment(
                        "Waits for running inserts, stops new ones for the moment it takes, and moves only forward.")
                // a policy would hide ids, and the setval would do nothing or too little
                .statement("SET row_security = off")
                .statement("BEGIN")
                .statement("LOCK TABLE " + tables(sequenceColumns) + " IN SHARE ROW EXCLUSIVE MODE")
                .statement("""
                        SELECT pg_catalog.setval(%s::pg_catalog.regclass, seqwatch_stored.last::bigint, true)
                          FROM (SELECT last_value, is_called FROM %s AS seqwatch_sequence) AS seqwatch_now
                         CROSS JOIN LATERAL (SELECT %s(%s) AS last OFFSET 0) AS seqwatch_stored
                         -- a session may have called nextval meanwhile: read the position again
                         CROSS JOIN LATERAL (SELECT last_value FROM %s AS seqwatch_sequence
                                              WHERE seqwatch_stored.last IS NOT NULL OFFSET 0) AS seqwatch_again
                         WHERE seqwatch_stored.last %s seqwatch_again.last_value""".formatted(
                                Sql.literal(name).strip(),
                                name,
                                sequence.ascending() ? "greatest" : "least",
                                sequenceColumns.stream()
                                        .map(sequenceColumn -> last(watched, sequenceColumn, bound))
                                        .collect(Collectors.joining(",\n                               ")),
                                name,
                                sequence.ascending() ? ">=" : "<="))
                .statement("COMMIT")
                .toString();
    }

    private static String last(WatchedSequence watched, SequenceColumn sequenceColumn, BigInteger bound) {
        var spelling = spelling(sequenceColumn);
        return spelling == null ? number(watched, sequenceColumn, bound) : spelled(watched, sequenceColumn, spelling);
    }

    /** The bounds are bare columns and constants, so that an index answers. */
    private static String number(WatchedSequence watched, SequenceColumn sequenceColumn, BigInteger bound) {
        var ascending = watched.sequence().ascending();
        var id = sequenceColumn.type().base().equals("oid")
                ? sequenceColumn.column().sql() + "::bigint"
                : sequenceColumn.column().sql();
        var low = ascending ? "seqwatch_now.last_value" : constant(bound);
        var high = ascending ? constant(bound) : "seqwatch_now.last_value";
        var own = sparse(watched, sequenceColumn)
                ? " AND (%s::numeric - seqwatch_now.last_value) %% %s = 0"
                        .formatted(id, watched.sequence().increment().abs())
                : "";
        return "(SELECT pg_catalog.%s(%s) FROM %s AS seqwatch_table WHERE %s BETWEEN %s AND %s AND (%s <> seqwatch_now.last_value OR NOT seqwatch_now.is_called)%s%s)"
                .formatted(
                        ascending ? "max" : "min",
                        id,
                        sequenceColumn.column().table().sql(),
                        id,
                        low,
                        high,
                        id,
                        own,
                        withoutIndependentChildren(sequenceColumn));
    }

    /** From a thousand values to the next as long as one of them is stored: each is one probe of the unique index. */
    private static String spelled(WatchedSequence watched, SequenceColumn sequenceColumn, IdSpelling spelling) {
        var sequence = watched.sequence();
        var step = sequence.increment();
        var limit = constant(watched.limit().value());
        var reach = "seqwatch_run.id::numeric + " + constant(step.multiply(BigInteger.valueOf(DenseRun.SMALL_GAP)));
        var begin = "seqwatch_now.last_value - CASE WHEN seqwatch_now.is_called THEN 0 ELSE %s END"
                .formatted(constant(step));
        return """
                (WITH RECURSIVE seqwatch_run(id) AS (
                   SELECT %s
                   UNION ALL
                   SELECT seqwatch_found.id FROM seqwatch_run CROSS JOIN LATERAL (
                     SELECT pg_catalog.%s(seqwatch_value.id) AS id
                       FROM pg_catalog.generate_series(seqwatch_run.id + %s, %s(%s, %s)::bigint, %s) AS seqwatch_value(id)
                      WHERE EXISTS (SELECT FROM %s AS seqwatch_table WHERE %s%s)) AS seqwatch_found
                    WHERE seqwatch_found.id IS NOT NULL)
                 SELECT pg_catalog.%s(id) FROM seqwatch_run WHERE id <> %s)""".formatted(
                        begin,
                        sequence.ascending() ? "max" : "min",
                        constant(step),
                        sequence.ascending() ? "least" : "greatest",
                        limit,
                        reach,
                        constant(step),
                        sequenceColumn.column().table().sql(),
                        spelling.matches(sequenceColumn.column().sql(), "seqwatch_value.id"),
                        withoutIndependentChildren(sequenceColumn),
                        sequence.ascending() ? "max" : "min",
                        begin);
    }

    private static String withoutIndependentChildren(SequenceColumn sequenceColumn) {
        return sequenceColumn.table().independentChildren().stream()
                .map(table -> " AND tableoid <> " + Sql.literal(table.sql()).strip() + "::pg_catalog.regclass")
                .collect(Collectors.joining());
    }

    private static @Nullable IdSpelling spelling(SequenceColumn sequenceColumn) {
        var collision = sequenceColumn.stored().collision();
        return collision == null ? null : collision.spelling();
    }

    private static boolean byLeadingValues(SequenceColumn sequenceColumn) {
        var collision = sequenceColumn.stored().collision();
        return collision != null && collision.leading() != null;
    }

    private static boolean sparse(WatchedSequence watched, SequenceColumn sequenceColumn) {
        return watched.sequence().increment().abs().compareTo(BigInteger.ONE) > 0
                || sequenceColumn.type().base().equals("numeric");
    }

    private static String tables(List<SequenceColumn> sequenceColumns) {
        return sequenceColumns.stream()
                .map(sequenceColumn -> sequenceColumn.column().table().sql())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String constant(BigInteger number) {
        return number.signum() < 0 ? "(" + number + ")" : number.toString();
    }
}
