package dev.seqwatch.model;

import org.jspecify.annotations.Nullable;

/**
 * A role that may insert into a table without being allowed to call the sequence in its default.
 *
 * @param role holder of the INSERT grant; {@code PUBLIC} for everyone
 * @param caller what calls it at the INSERT; null where the column's own default does
 * @param through the relation that the grant is on: the table, or an automatically updatable view over it
 */
public record InsertGrant(
        String role, ColumnName column, @Nullable String caller, RelationName through) {
    public static final String PUBLIC = "PUBLIC";

    public InsertGrant(String role, ColumnName column, RelationName through) {
        this(role, column, null, through);
    }

    public boolean throughView() {
        return !through.equals(column.table());
    }

    /** The role, ready to stand in a GRANT. */
    public String roleSql() {
        return role.equals(PUBLIC) ? PUBLIC : Sql.identifier(role);
    }
}
