package dev.seqwatch.model;

import java.util.Comparator;

/** The name of a table, view or sequence as the catalog holds it: any text, not quoted. */
public record RelationName(String schema, String name) implements Comparable<RelationName> {
    private static final Comparator<RelationName> ORDER =
            Comparator.comparing(RelationName::schema).thenComparing(RelationName::name);

    /** Ready to stand in a statement. */
    public String sql() {
        return Sql.identifier(schema) + "." + Sql.identifier(name);
    }

    public ColumnName column(String column) {
        return new ColumnName(this, column);
    }

    @Override
    public int compareTo(RelationName other) {
        return ORDER.compare(this, other);
    }

    /** As a person writes it in a message; may be ambiguous where a name holds a dot. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
