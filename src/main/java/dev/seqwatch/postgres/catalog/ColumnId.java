package dev.seqwatch.postgres.catalog;

/** A column as the catalogs point to it: {@code pg_class.oid} and {@code pg_attribute.attnum}. */
public record ColumnId(long relation, int number) {}
