package dev.seqwatch.model;

import org.jspecify.annotations.Nullable;

/**
 * A role that lacks the privilege on a sequence which an INSERT calls.
 *
 * @param role that may insert and may not call the sequence; {@code PUBLIC} for everyone. For {@link Place.AnyInsert} the
 *     owner of the function
 * @param column that the value is for, in the root of its partition tree or inheritance tree
 * @param caller what calls nextval at the INSERT; null where the column's own default does
 * @param place where the role may insert
 */
public record InsertGrant(
        String role, ColumnName column, @Nullable String caller, Place place) {
    public static final String PUBLIC = "PUBLIC";

    /** The role, ready to stand in a GRANT. */
    public String roleSql() {
        return role.equals(PUBLIC) ? PUBLIC : Sql.identifier(role);
    }

    /** The relations that the INSERT may name. Of several only the first is kept, in the order of their names. */
    public sealed interface Place {
        /** The table of the column. */
        record Root() implements Place {}

        /** Partitions of that table, or children by inheritance, and not the table itself. */
        record Members(RelationName first, int count, boolean partitions) implements Place {}

        /** Automatically updatable views over the table or over a partition, and no table. */
        record Views(RelationName first, int count) implements Place {}

        /** A table or view whose rule inserts into the table of the column. */
        record Ruled(RelationName relation) implements Place {}

        /** Every INSERT by any role: a function that is SECURITY DEFINER calls nextval, and its owner lacks the privilege. */
        record AnyInsert() implements Place {}
    }
}
