package dev.seqwatch.postgres.nextval;

import java.util.List;

/**
 * A call in code, and where its result is stored.
 *
 * @param exact whether just what the call gives is stored, and nothing computed from it
 */
public record CodeUse(Call call, Target target, boolean exact) {
    /** What is called. */
    public sealed interface Call {
        /** PostgreSQL's own nextval. */
        record Nextval(SequenceText sequence) implements Call {}

        /** Any other function; whether it calls nextval is told by its own code. */
        record Function(QualifiedName name, List<SequenceText> arguments) implements Call {
            public Function {
                arguments = List.copyOf(arguments);
            }
        }
    }

    /** Where the result is stored. */
    public sealed interface Target {
        /** A column of the row that fires the trigger. */
        record NewColumn(String column) implements Target {}

        /** A column that an INSERT names. */
        record TableColumn(QualifiedName table, String column) implements Target {}

        /**
         * A column of an INSERT without a list of columns.
         *
         * @param position 1 for the first column of the table
         */
        record TablePosition(QualifiedName table, int position) implements Target {}

        /** The function gives it to its caller. */
        record Result() implements Target {}

        /** Nowhere that the text shows. */
        record Unknown() implements Target {}
    }
}
