package dev.seqwatch.model;

/** What protects a column from holding a value twice. Partial and invalid indexes protect nothing. */
public enum Uniqueness {
    /** A unique index on this column alone. */
    Alone,
    /** One column of a composite unique index. */
    Composite,
    None,
    /** The indexes could not be read: {@link Fact#UniqueIndexes}. */
    Unknown
}
