package dev.seqwatch.model;

/** A column of a table, both names as the catalog holds them. */
public record ColumnName(RelationName table, String column) {
    /** The column alone, ready to stand in a statement. */
    public String sql() {
        return Sql.identifier(column);
    }

    @Override
    public String toString() {
        return table + "." + column;
    }
}
