package dev.seqwatch.catalog;

import java.util.function.Predicate;

/**
 * What of a database is looked at.
 *
 * @param schemas whether the sequences of a schema are
 */
public record Scope(Predicate<String> schemas) {
    public static final Scope ALL = new Scope(_ -> true);
}
