package dev.seqwatch.config;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.RelationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name of a database's object as a spec writes it: the parts from the database down, between dots. A part in double
 * quotes is read as SQL reads one (manual, section 4.1.1); any other stands for itself, in upper and lower case as it is.
 *
 * @param parts as the catalog holds them, the database first
 */
record CatalogName(List<String> parts) {
    private static final Pattern NOT_PLAIN = Pattern.compile("[\"\\p{Cntrl}]");

    CatalogName {
        parts = List.copyOf(parts);
    }

    /** {@code database.schema.sequence}; empty where the text is none. */
    static Optional<CatalogName> ofRelation(String text) {
        return parse(text).filter(name -> name.parts.size() == 3);
    }

    /** {@code database.schema.table.column}; empty where the text is none. */
    static Optional<CatalogName> ofColumn(String text) {
        return parse(text).filter(name -> name.parts.size() == 4);
    }

    /**
     * Empty where a part is, where a quote is not closed, and where a quote or a control character stands in a part
     * that is not quoted.
     */
    private static Optional<CatalogName> parse(String text) {
        var parts = new ArrayList<String>();
        int from = 0;
        while (true) {
            var end = endOfPart(text, from);
            if (end <= from) {
                return Optional.empty();
            }
            var part = text.substring(from, end);
            var quoted = part.startsWith("\"");
            parts.add(quoted ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part);
            if (parts.getLast().isEmpty() || (!quoted && NOT_PLAIN.matcher(part).find())) {
                return Optional.empty();
            }
            if (end == text.length()) {
                return Optional.of(new CatalogName(parts));
            }
            if (text.charAt(end) != '.') {
                return Optional.empty();
            }
            from = end + 1;
        }
    }

    /** The index behind a part; -1 where its quote is not closed. */
    private static int endOfPart(String text, int from) {
        if (from >= text.length() || text.charAt(from) != '"') {
            var dot = text.indexOf('.', from);
            return dot < 0 ? text.length() : dot;
        }
        int at = text.indexOf('"', from + 1);
        while (at >= 0 && at + 1 < text.length() && text.charAt(at + 1) == '"') {
            at = text.indexOf('"', at + 2);
        }
        return at + 1;
    }

    String database() {
        return parts.getFirst();
    }

    /** Of {@code database.schema.relation} and of {@code database.schema.table.column}. */
    RelationName relation() {
        return new RelationName(parts.get(1), parts.get(2));
    }

    /** Of {@code database.schema.table.column}. */
    ColumnName column() {
        return relation().column(parts.get(3));
    }
}
