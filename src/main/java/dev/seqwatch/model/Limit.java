package dev.seqwatch.model;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A bound in the direction of the increment.
 *
 * @param value the last value that still fits
 * @param origin the object that sets it
 */
public record Limit(BigInteger value, Origin origin) {
    /** The object that sets a limit. */
    public sealed interface Origin {
        /**
         * The end of the sequence itself.
         *
         * @param ascending whether that end is MAXVALUE; else it is MINVALUE
         */
        record OwnRange(RelationName sequence, boolean ascending) implements Origin {}

        /** The type of a column that stores the values of the sequence. */
        record OfColumn(ColumnName column, ColumnType type) implements Origin {}

        /** The type of a column that references such a column. */
        record OfReference(ColumnName column, ColumnType type) implements Origin {}

        /**
         * The type of a column whose default computes with nextval: {@code nextval('s') * 10}.
         *
         * @param expression the default
         */
        record OfExpression(ColumnName column, ColumnType type, String expression) implements Origin {}

        /**
         * The type of a generated column that is computed from the id.
         *
         * @param stored whether an insert computes it; else a read does
         */
        record OfGenerated(ColumnName column, ColumnType type, String expression, boolean stored) implements Origin {}

        /** A CHECK constraint of the column, or of its domain. */
        record OfCheck(ColumnName column, String constraint) implements Origin {}

        /**
         * A limit that the monitor declares.
         *
         * @param reason may be empty
         */
        record Declared(ColumnName column, String reason) implements Origin {}
    }

    /** In the order that decides a tie; the names stand in JSON and in metric labels. */
    public enum Kind {
        Sequence,
        Column,
        Reference,
        Check,
        Declared
    }

    public static Limit ofOwnRange(Sequence sequence) {
        return new Limit(sequence.end(), new Origin.OwnRange(sequence.name(), sequence.ascending()));
    }

    public Kind kind() {
        return switch (origin) {
            case Origin.OwnRange _ -> Kind.Sequence;
            case Origin.OfColumn _, Origin.OfExpression _, Origin.OfGenerated _ -> Kind.Column;
            case Origin.OfCheck _ -> Kind.Check;
            case Origin.OfReference _ -> Kind.Reference;
            case Origin.Declared _ -> Kind.Declared;
        };
    }

    /** The column that the limit belongs to; null where it is the sequence's own. */
    public @Nullable ColumnName column() {
        return switch (origin) {
            case Origin.OwnRange _ -> null;
            case Origin.OfColumn(var column, var _) -> column;
            case Origin.OfReference(var column, var _) -> column;
            case Origin.OfExpression(var column, var _, var _) -> column;
            case Origin.OfGenerated(var column, var _, var _, var _) -> column;
            case Origin.OfCheck(var column, var _) -> column;
            case Origin.Declared(var column, var _) -> column;
        };
    }

    /** For example {@code MAXVALUE 100 of public.s} or {@code public.orders.id integer}. */
    public String setBy() {
        return switch (origin) {
            case Origin.OwnRange _, Origin.Declared _ -> named(value.toString());
            case Origin.OfColumn(var column, var type) -> column + " " + type.display();
            case Origin.OfReference(var column, var type) -> column + " " + type.display();
            case Origin.OfExpression(var column, var type, var expression) ->
                "%s %s, which stores %s".formatted(column, type.display(), expression);
            case Origin.OfGenerated(var column, var type, var expression, var _) ->
                "%s %s, which is generated as %s".formatted(column, type.display(), expression);
            case Origin.OfCheck(var column, var constraint) -> "constraint %s on %s".formatted(constraint, column);
        };
    }

    private String named(String number) {
        return switch (origin) {
            case Origin.OwnRange(var sequence, var ascending) ->
                "%s %s of %s".formatted(ascending ? "MAXVALUE" : "MINVALUE", number, sequence);
            case Origin.Declared(var column, var reason) ->
                "%s declared for %s%s".formatted(number, column, reason.isEmpty() ? "" : " (" + reason + ")");
            case Origin.OfColumn _,
                    Origin.OfReference _,
                    Origin.OfExpression _,
                    Origin.OfGenerated _,
                    Origin.OfCheck _ -> setBy();
        };
    }

    /** For a message, with a grouped number. */
    @Override
    public String toString() {
        return switch (origin) {
            case Origin.OwnRange _, Origin.Declared _, Origin.OfCheck _ -> named(Numbers.grouped(value));
            case Origin.OfColumn(var column, var type) -> "column %s (%s)".formatted(column, type.display());
            case Origin.OfReference(var column, var type) ->
                "referencing column %s (%s)".formatted(column, type.display());
            case Origin.OfExpression(var column, var type, var expression) ->
                "column %s (%s), which stores %s".formatted(column, type.display(), expression);
            case Origin.OfGenerated(var column, var type, var expression, var _) ->
                "column %s (%s), which is generated as %s".formatted(column, type.display(), expression);
        };
    }
}
