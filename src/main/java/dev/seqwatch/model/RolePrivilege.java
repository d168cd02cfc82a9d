package dev.seqwatch.model;

/**
 * Something that a role must be able to do before an application can insert.
 *
 * @param role {@link InsertGrant#PUBLIC} for everyone
 * @param schema empty where the kind has none
 * @param name of the relation or of the group; empty where the kind has none
 */
public record RolePrivilege(Kind kind, String role, String schema, String name) {
    /** In the order in which a role needs them. */
    public enum Kind {
        Login,
        Connect,
        Membership,
        SchemaUsage,
        /** On the table. */
        Insert,
        /** On some of its columns only. */
        InsertColumns,
        SequenceUsage
    }

    /** The object as a message names it. */
    public String object() {
        return switch (kind) {
            case Login -> "";
            case Connect -> "the database";
            case Membership -> name;
            case SchemaUsage -> schema;
            case Insert, InsertColumns, SequenceUsage -> new RelationName(schema, name).toString();
        };
    }
}
