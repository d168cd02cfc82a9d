package dev.seqwatch.postgres.ids;

import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.ValueRange;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The ids of one source that its sequence will still give, as parts of SQL. The column is qualified by {@link #ALIAS}.
 *
 * @param next value of the sequence
 * @param limit the last value that it can give
 */
record IdsAhead(Sequence sequence, IdSource source, BigInteger next, BigInteger limit) {
    static final String ALIAS = "seqwatch_ids";

    String from() {
        return source.from() + " AS " + ALIAS;
    }

    String id() {
        return ALIAS + "." + source.column().sql();
    }

    /** Whether {@link #id()} lies ahead, between bare constants, so that an index answers. */
    String ahead() {
        var type = Optional.ofNullable(source.type().bounds()).orElse(ValueRange.BIGINT);
        return sequence.ascending() ? between(next.max(type.min()), limit) : between(limit, next.min(type.max()));
    }

    String between(BigInteger low, BigInteger high) {
        return "%s BETWEEN %s AND %s".formatted(id(), literal(low), literal(high));
    }

    /** Whether ids of other writers may lie between those of the sequence. */
    boolean sparse() {
        return sequence.increment().abs().compareTo(BigInteger.ONE) > 0
                || source.type().base().equals("numeric");
    }

    /** Whether {@code id} is of the residue class of the sequence, so that the sequence can give it. */
    String own(String id) {
        return sparse()
                ? "(%s - %s) %% %s = 0"
                        .formatted(
                                source.type().base().equals("oid") ? id + "::bigint::numeric" : id + "::numeric",
                                literal(next),
                                sequence.increment().abs())
                : "true";
    }

    /** A number as text that Java reads, whatever the type of the column. */
    String text(String id) {
        return id + "::bigint::text";
    }

    /** A number in the type that an index of the column compares with. */
    String typed(String number) {
        return switch (source.type().base()) {
            case "numeric" -> "(" + number + ")::numeric";
            case "oid" -> "(" + number + ")::bigint::pg_catalog.oid";
            default -> "(" + number + ")::bigint";
        };
    }

    /** Towards the end of the sequence. */
    String forward() {
        return sequence.ascending() ? "ASC" : "DESC";
    }

    String backward() {
        return sequence.ascending() ? "DESC" : "ASC";
    }

    String farthest() {
        return sequence.ascending() ? "max" : "min";
    }

    String nearest() {
        return sequence.ascending() ? "min" : "max";
    }

    static String literal(BigInteger number) {
        return number.signum() < 0 ? "(" + number + ")" : number.toString();
    }
}
