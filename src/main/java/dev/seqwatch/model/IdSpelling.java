package dev.seqwatch.model;

/**
 * How a column stores a value of its sequence where that is no number or not the same number: {@code 'R' || lpad(…, 6, '0')}.
 *
 * @param before the expression up to the value of nextval, a bigint
 * @param after the expression behind it
 * @param equal the operator that compares it with the column, so that a unique index answers
 */
public record IdSpelling(String before, String after, String equal) {
    /** Whether {@code column} holds what the sequence's {@code value} becomes, as a condition in SQL. */
    public String matches(String column, String value) {
        return "%s %s %s%s%s".formatted(column, equal, before, value, after);
    }
}
