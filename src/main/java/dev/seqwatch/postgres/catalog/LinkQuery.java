package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of a monitor's links, as far as they exist. */
public final class LinkQuery {
    private static final String SQL = "WITH RECURSIVE " + TypeSql.DOMAINS + """
            SELECT w.place, a.attrelid::bigint AS relation, a.attnum, a.attname,
            """ + TypeSql.COLUMNS + """
              FROM ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]))
                   WITH ORDINALITY AS w(nspname, relname, attname, place)
              JOIN pg_catalog.pg_namespace n ON n.nspname = w.nspname
              JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.relname AND c.relkind IN ('r', 'p', 'f')
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = w.attname AND NOT a.attisdropped
            """ + TypeSql.JOINS;

    private LinkQuery() {}

    public static List<SequenceDefaultQuery.DefaultRow> read(
            Session session, List<Scope.Link> links, List<SequenceQuery.SequenceRow> sequences) throws SQLException {
        if (links.isEmpty()) {
            return List.of();
        }
        Map<RelationName, Long> oids = sequences.stream()
                .collect(Collectors.toMap(found -> found.sequence().name(), SequenceQuery.SequenceRow::oid));
        var known =
                links.stream().filter(link -> oids.containsKey(link.sequence())).toList();
        return session.query(
                SQL,
                row -> {
                    var link = known.get(row.getInt("place") - 1);
                    return new SequenceDefaultQuery.DefaultRow(
                            oids.getOrDefault(link.sequence(), 0L),
                            new ColumnId(row.getLong("relation"), row.getInt("attnum")),
                            SharedText.of(row, "attname"),
                            "",
                            TypeSql.read(row),
                            null,
                            new SequenceDefaultQuery.Caller(ValueSource.Declared, null),
                            true);
                },
                session.array(
                        "text",
                        known.stream()
                                .map(link -> link.column().table().schema())
                                .toList()),
                session.array(
                        "text",
                        known.stream().map(link -> link.column().table().name()).toList()),
                session.array(
                        "text",
                        known.stream().map(link -> link.column().column()).toList()));
    }
}
