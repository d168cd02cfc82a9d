package dev.seqwatch.model;

import java.math.BigInteger;

/**
 * A bound in the direction of the increment.
 *
 * @param value the last value that still fits
 * @param setBy what sets it: {@code MAXVALUE of public.s}, {@code public.orders.id integer}
 */
public record Limit(BigInteger value, Kind kind, String setBy) {
    /** In the order that decides a tie. */
    public enum Kind {
        Sequence,
        Column,
        Reference,
        Declared
    }

    @Override
    public String toString() {
        return switch (kind) {
            case Sequence, Declared -> setBy;
            case Column, Reference -> kind + " " + setBy;
        };
    }
}
