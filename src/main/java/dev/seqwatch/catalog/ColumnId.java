package dev.seqwatch.catalog;

/** A column as the catalogs point to it: {@code pg_class.oid} and {@code pg_attribute.attnum}. */
record ColumnId(long relation, int number) {}
