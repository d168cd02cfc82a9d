package dev.seqwatch.postgres.nextval;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The argument that code gives to nextval or to a function, in the parts that it is put together from. */
public record SequenceText(List<Part> parts) {
    static final SequenceText UNKNOWN = new SequenceText(List.of(new Part.Unknown()));

    public SequenceText {
        parts = List.copyOf(parts);
    }

    /** A part of the text. */
    sealed interface Part {
        record Constant(String text) implements Part {}

        /** An argument of the function, the first is 0. */
        record Argument(int index) implements Part {}

        /** {@code TG_ARGV[index]}. */
        record TriggerArgument(int index) implements Part {}

        /** {@code TG_TABLE_NAME}. */
        record TriggerTable() implements Part {}

        /** {@code TG_TABLE_SCHEMA}. */
        record TriggerSchema() implements Part {}

        /** Known only when it runs. */
        record Unknown() implements Part {}
    }

    static SequenceText constant(String text) {
        return new SequenceText(List.of(new Part.Constant(text)));
    }

    /**
     * What is known where the code is called.
     *
     * @param arguments of the function
     * @param trigger null where no trigger calls it
     */
    public record Context(
            List<SequenceText> arguments, @Nullable Trigger trigger) {
        public Context {
            arguments = List.copyOf(arguments);
        }

        public record Trigger(String schema, String table, List<String> arguments) {
            public Trigger {
                arguments = List.copyOf(arguments);
            }
        }
    }

    /** The same with every argument and trigger variable replaced that the context knows. */
    public SequenceText in(Context context) {
        return new SequenceText(parts.stream()
                .flatMap(part -> replaced(part, context).parts().stream())
                .toList());
    }

    private static SequenceText replaced(Part part, Context context) {
        var trigger = context.trigger();
        return switch (part) {
            case Part.Argument(var index) ->
                index < context.arguments().size() ? context.arguments().get(index) : UNKNOWN;
            case Part.TriggerArgument(var index)
            when trigger != null ->
                index < trigger.arguments().size()
                        ? constant(trigger.arguments().get(index))
                        : UNKNOWN;
            case Part.TriggerTable() when trigger != null -> constant(trigger.table());
            case Part.TriggerSchema() when trigger != null -> constant(trigger.schema());
            case Part.TriggerArgument _, Part.TriggerTable _, Part.TriggerSchema _, Part.Constant _, Part.Unknown _ ->
                new SequenceText(List.of(part));
        };
    }

    /** Whether a caller decides on it: by an argument, or by the trigger that calls the function. */
    public boolean givenByCaller() {
        return parts.stream().noneMatch(Part.Unknown.class::isInstance)
                && !parts.stream().allMatch(Part.Constant.class::isInstance);
    }

    /** The arguments of a function before any caller is known. */
    public static List<SequenceText> arguments(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> new SequenceText(List.of(new Part.Argument(index))))
                .toList();
    }

    /** Empty where the text is known only when it runs, or names no relation. */
    public Optional<QualifiedName> name() {
        return parts.stream().allMatch(Part.Constant.class::isInstance)
                ? QualifiedName.parse(parts.stream()
                        .map(part -> ((Part.Constant) part).text())
                        .collect(Collectors.joining()))
                : Optional.empty();
    }
}
