package dev.seqwatch.sequence;

/** {@code pg_class.relpersistence}. */
public enum Persistence {
    Permanent,
    Unlogged,
    Temporary
}
