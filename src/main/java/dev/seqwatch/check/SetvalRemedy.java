package dev.seqwatch.check;

import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Sql;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Moves a sequence past every stored id that it would still give: only forward, inside the limit, on its own residue
 * class, and under a lock that stops writers while it looks (manual, section 13.3.1: SHARE ROW EXCLUSIVE).
 */
final class SetvalRemedy {
    private SetvalRemedy() {}

    static String script(WatchedSequence watched) {
        var sequence = watched.sequence();
        var name = watched.name().sql();
        var sequenceColumns = watched.sequenceColumns().stream()
                .filter(sequenceColumn -> sequenceColumn.storesValues()
                        && (sequenceColumn.type().isNumeric()
                                || sequenceColumn.type().isText())
                        && !KeyKind.foreign(sequenceColumn))
                .toList();
        var script = new Script();
        if (sequenceColumns.stream()
                .anyMatch(sequenceColumn -> sequenceColumn.type().isText())) {
            script.comment(
                    "Ids that are text are found by reading the whole table; those past half of what is left are left out.");
        }
        return script.comment(
                        "Waits for running inserts, stops new ones for the moment it takes, and moves only forward.")
                .statement("BEGIN")
                .statement("LOCK TABLE " + tables(sequenceColumns) + " IN SHARE ROW EXCLUSIVE MODE")
                .statement("""
                        SELECT pg_catalog.setval(%s::pg_catalog.regclass, stored.last::bigint, true)
                          FROM (SELECT last_value, is_called FROM %s) AS now
                         CROSS JOIN LATERAL (SELECT %s(%s) AS last OFFSET 0) AS stored
                         -- a session may have called nextval meanwhile: look again
                         CROSS JOIN LATERAL (SELECT last_value FROM %s WHERE stored.last IS NOT NULL OFFSET 0) AS again
                         WHERE stored.last %s again.last_value""".formatted(
                                Sql.literal(name).strip(),
                                name,
                                sequence.ascending() ? "greatest" : "least",
                                sequenceColumns.stream()
                                        .map(sequenceColumn -> last(watched, sequenceColumn))
                                        .collect(Collectors.joining(",\n                               ")),
                                name,
                                sequence.ascending() ? ">=" : "<="))
                .statement("COMMIT")
                .toString();
    }

    /** The bounds are bare columns and constants, so that an index answers. */
    private static String last(WatchedSequence watched, SequenceColumn sequenceColumn) {
        var ascending = watched.sequence().ascending();
        var id = id(sequenceColumn);
        var limit = constant(watched.limit().value());
        if (sequenceColumn.type().isText()) {
            limit = "now.last_value + (%s::numeric - now.last_value) / 2"
                    .formatted(limit); // numbers there need not be ids
        }
        var low = ascending ? "now.last_value" : limit;
        var high = ascending ? limit : "now.last_value";
        var own = sparse(watched, sequenceColumn)
                ? " AND (%s::numeric - now.last_value) %% %s = 0"
                        .formatted(id, watched.sequence().increment().abs())
                : "";
        var independentChildren = sequenceColumn.table().independentChildren().stream()
                .map(table -> " AND tableoid <> " + Sql.literal(table.sql()).strip() + "::pg_catalog.regclass")
                .collect(Collectors.joining());
        return "(SELECT pg_catalog.%s(%s) FROM %s WHERE %s BETWEEN %s AND %s AND (%s <> now.last_value OR NOT now.is_called)%s%s)"
                .formatted(
                        ascending ? "max" : "min",
                        id,
                        sequenceColumn.column().table().sql(),
                        id,
                        low,
                        high,
                        id,
                        own,
                        independentChildren);
    }

    private static boolean sparse(WatchedSequence watched, SequenceColumn sequenceColumn) {
        return watched.sequence().increment().abs().compareTo(BigInteger.ONE) > 0
                || sequenceColumn.type().base().equals("numeric");
    }

    private static String id(SequenceColumn sequenceColumn) {
        var column = sequenceColumn.column().sql();
        if (sequenceColumn.type().isText()) {
            return "CASE WHEN %s ~ '^(0|-?[1-9][0-9]{0,17})$' THEN %s::bigint END".formatted(column, column);
        }
        return sequenceColumn.type().base().equals("oid") ? column + "::bigint" : column;
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
