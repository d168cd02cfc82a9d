package dev.seqwatch.model;

/** {@code pg_class.relpersistence}. */
public enum Persistence {
    Permanent,
    Unlogged,
    Temporary
}
