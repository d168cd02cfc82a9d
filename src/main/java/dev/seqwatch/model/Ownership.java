package dev.seqwatch.model;

/**
 * The column that a sequence is OWNED BY.
 *
 * @param identity whether it is that column's identity sequence, which no command can detach
 * @param defaults whether the column also uses it
 */
public record Ownership(ColumnName column, boolean identity, boolean defaults) {}
