package dev.seqwatch.remedy;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.IntegerColumn;
import dev.seqwatch.model.Limit;
import dev.seqwatch.model.Limits;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives a sequence more room: by its own bounds where that is enough, else by widening every column that stores its
 * values, references first, so that no insert between two statements finds a key that its reference cannot hold.
 */
public final class WidenRemedy {
    private WidenRemedy() {}

    public static Remedy of(WatchedSequence watched, int warningPercent) {
        if (watched.limit().kind() == Limit.Kind.Declared) {
            return new Remedy.Decide("Decide whether the declared limit still holds, and raise it or renumber.");
        }
        return limitOfAnotherKind(watched)
                .or(() -> chosenEnd(watched, warningPercent))
                .or(() -> formattedDefault(watched))
                .or(() -> sequenceAlone(watched, warningPercent))
                .or(() -> nearTheEndOfBigint(watched, warningPercent))
                .orElseGet(() -> everything(watched));
    }

    private static Optional<Remedy> limitOfAnotherKind(WatchedSequence watched) {
        var text = switch (watched.limit().origin()) {
            case Limit.Origin.OfCheck(var column, var constraint) ->
                "Constraint %s allows no id of %s beyond %s, so somebody chose that end. Decide whether it still holds, and replace the constraint by one with a later end if it does not."
                        .formatted(
                                constraint,
                                column,
                                Numbers.grouped(watched.limit().value()));
            case Limit.Origin.OfExpression(var column, var type, var expression) ->
                "%s stores %s in %s. Decide on a wider type of the column, or on a default that makes smaller numbers."
                        .formatted(column, expression, type.display());
            case Limit.Origin.OfGenerated(var column, var type, var _, var _) ->
                "%s is generated from the id as %s. Decide whether it is still needed, and drop it or add it again with a wider type."
                        .formatted(column, type.display());
            case Limit.Origin.OwnRange _,
                    Limit.Origin.OfColumn _,
                    Limit.Origin.OfReference _,
                    Limit.Origin.Declared _ -> null;
        };
        return Optional.ofNullable(text).map(Remedy.Decide::new);
    }

    /**
     * A bound that is not the end of the sequence's own type was set by a person: for clients that read 32 bits, as a
     * shard's block of ids, or as the length of a printed number. To raise it would remove that safeguard.
     */
    private static Optional<Remedy> chosenEnd(WatchedSequence watched, int warningPercent) {
        var sequence = watched.sequence();
        if (!hasChosenEnd(sequence)) {
            return Optional.empty();
        }
        var own = Limits.tightest(sequence, List.of(), List.of(), List.of());
        var near = watched.limit().kind() == Limit.Kind.Sequence
                || (Headroom.of(sequence, watched.position(), own) instanceof Headroom.Finite finite
                        && finite.usedAtLeast(warningPercent));
        return near
                ? Optional.of(new Remedy.Decide(
                        "%s %s of %s is not the end of its type, %s, so somebody chose it. Decide whether clients that read 32 bits, a block of ids or a number format still need it, and raise it only if none does."
                                .formatted(
                                        sequence.ascending() ? "MAXVALUE" : "MINVALUE",
                                        sequence.end(),
                                        sequence.name(),
                                        sequence.dataType())))
                : Optional.empty();
    }

    /** Whether the sequence ends elsewhere than its own type. */
    public static boolean hasChosenEnd(Sequence sequence) {
        return !sequence.end().equals(sequence.typeRange().end(sequence.ascending()));
    }

    /** Larger numbers may have more digits than the expression has room for: {@code lpad} cuts them. */
    private static Optional<Remedy> formattedDefault(WatchedSequence watched) {
        return watched.limit().kind() != Limit.Kind.Sequence
                ? Optional.empty()
                : watched.sequenceColumns().stream()
                        .filter(sequenceColumn -> !sequenceColumn.storesValues())
                        .findFirst()
                        .map(sequenceColumn -> new Remedy.Decide(
                                "%s stores a value that an expression makes of nextval. Decide whether that expression has room for larger numbers, and raise the end of the sequence only if it does."
                                        .formatted(sequenceColumn.column())));
    }

    /** A position so far out was set, not counted: a wider column would be near its end as well. */
    private static Optional<Remedy> nearTheEndOfBigint(WatchedSequence watched, int warningPercent) {
        var widest = with(watched.sequence(), ValueRange.BIGINT);
        var end = Limits.tightest(widest, List.of(), List.of(), List.of());
        return watched.limit().kind() != Limit.Kind.Sequence
                        && Headroom.of(widest, watched.position(), end) instanceof Headroom.Finite finite
                        && finite.usedAtLeast(warningPercent)
                ? Optional.of(
                        new Remedy.Decide(
                                "It stands near the end of bigint, so that no wider column helps: decide whether a setval moved it by mistake, and set it back past the largest stored id."))
                : Optional.empty();
    }

    /** Raising MAXVALUE costs nothing; it helps where the columns still have room. */
    private static Optional<Remedy> sequenceAlone(WatchedSequence watched, int warningPercent) {
        var sequence = watched.sequence();
        var columns = Limits.tightest(
                with(sequence, ValueRange.BIGINT), watched.sequenceColumns(), watched.references(), List.of());
        if (watched.limit().kind() != Limit.Kind.Sequence || columns.value().equals(sequence.end())) {
            return Optional.empty();
        }
        var room = Headroom.of(sequence, watched.position(), columns);
        if (room instanceof Headroom.Finite finite && finite.usedAtLeast(warningPercent)) {
            return Optional.empty();
        }
        var script = new Script()
                .comment("The columns have room up to " + columns.value() + "; only the sequence ends earlier.")
                .statement(alterSequence(sequence, columns.value()));
        return Optional.of(Remedy.Run.of(script));
    }

    /** Every column and the sequence to the width of bigint; a MAXVALUE that somebody chose stays. */
    public static Remedy everything(WatchedSequence watched) {
        var narrow = narrow(watched);
        var sequence = watched.sequence();
        if (narrow.isEmpty() && sequence.end().equals(ValueRange.BIGINT.end(sequence.ascending()))) {
            return new Remedy.Decide("No integer type of PostgreSQL is wider: decide how ids are made from here on.");
        }
        return obstacle(narrow).orElseGet(() -> Remedy.Run.of(() -> script(narrow(watched), widenSequence(sequence))));
    }

    /** AS moves a bound only where it is the old type's own (manual, ALTER SEQUENCE). */
    private static List<String> widenSequence(Sequence sequence) {
        return sequence.dataType().equals("bigint")
                ? List.of()
                : List.of(
                        "ALTER SEQUENCE %s AS bigint".formatted(sequence.name().sql()));
    }

    public static Map<ColumnName, List<Reference>> byKey(List<Reference> references) {
        return references.stream().collect(Collectors.groupingBy(Reference::key));
    }

    /** The reference, and the columns that store the same keys through it: else the next of a chain would be too narrow. */
    public static Remedy reference(Map<ColumnName, List<Reference>> byKey, Reference first, boolean ascending) {
        var key = first.keyType().bounds();
        var end = (key == null ? ValueRange.BIGINT : ValueRange.BIGINT.common(key)).end(ascending);
        var narrow = Stream.concat(Stream.of(first), following(byKey, first.column()).stream())
                .filter(reference -> endsBefore(reference.type(), end, ascending))
                .map(Narrow::of)
                .toList();
        return obstacle(narrow).orElseGet(() -> Remedy.Run.of(() -> script(narrow, List.of())));
    }

    /** The column and all that reference it, directly or through a chain of keys. */
    public static Remedy column(IntegerColumn column, Map<ColumnName, List<Reference>> byKey) {
        var first = new Narrow(
                column.column(),
                column.array()
                        ? new ColumnType(
                                column.type().display(),
                                "array",
                                -1,
                                column.type().domain())
                        : column.type(),
                Optional.empty(),
                column.blockers());
        var narrow = Stream.concat(
                        Stream.of(first),
                        following(byKey, column.column()).stream()
                                .map(Narrow::of)
                                .filter(reference -> reference.narrowerThanBigint(true)))
                .toList();
        return obstacle(narrow).orElseGet(() -> Remedy.Run.of(() -> script(narrow, List.of())));
    }

    /** Every column that references this one, directly or through a chain of keys, each once and behind its key. */
    private static Collection<Reference> following(Map<ColumnName, List<Reference>> byKey, ColumnName column) {
        var reached = new LinkedHashMap<ColumnName, Reference>();
        var open = new ArrayDeque<>(List.of(column));
        while (!open.isEmpty()) {
            for (var next : byKey.getOrDefault(open.remove(), List.of())) {
                if (!next.column().equals(column) && reached.putIfAbsent(next.column(), next) == null) {
                    open.add(next.column());
                }
            }
        }
        return reached.values();
    }

    /** Lets the sequence continue as far as every column that it feeds. */
    public static String alterSequence(WatchedSequence watched) {
        var sequence = watched.sequence();
        var columns =
                Limits.tightest(with(sequence, ValueRange.BIGINT), watched.sequenceColumns(), List.of(), List.of());
        return alterSequence(sequence, columns.value());
    }

    /** AS brings the other bound along only where it is the old type's own: manual, ALTER SEQUENCE. */
    private static String alterSequence(Sequence sequence, BigInteger end) {
        var ascending = sequence.ascending();
        var other = sequence.range().end(!ascending);
        var type = narrowestType(end);
        var range = Objects.requireNonNull(ValueRange.ofInteger(type));
        var bound = ascending ? "MAXVALUE" : "MINVALUE";
        var whole = range.end(ascending).equals(end);
        return whole
                        && (range.contains(other)
                                || other.equals(sequence.typeRange().end(!ascending)))
                ? "ALTER SEQUENCE %s AS %s NO %s".formatted(sequence.name().sql(), type, bound)
                : "ALTER SEQUENCE %s AS %s %s %s"
                        .formatted(
                                sequence.name().sql(),
                                narrowestType(ascending ? end.max(other.negate()) : end.min(other.negate())),
                                bound,
                                end);
    }

    public static boolean endsBefore(ColumnType type, BigInteger end, boolean ascending) {
        var bounds = type.bounds();
        return bounds != null && bounds.end(ascending).subtract(end).signum() * (ascending ? 1 : -1) < 0;
    }

    private static Optional<Remedy> obstacle(List<Narrow> narrow) {
        return narrow.stream()
                .flatMap(column -> column.obstacle().stream())
                .findFirst()
                .map(Remedy.Decide::new);
    }

    private static Script script(List<Narrow> narrow, List<String> last) {
        var script = new Script();
        if (!narrow.isEmpty()) {
            script.comment("Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.")
                    .comment("For large tables take the online path (new column, trigger, batches, swap):")
                    .comment("docs/runbooks/widen-column-online.md");
        }
        script.statement("BEGIN");
        for (var column : narrow.reversed()) {
            column.through().ifPresent(constraint -> script.comment("stores the key through constraint " + constraint));
            script.statement("ALTER TABLE %s ALTER COLUMN %s TYPE %s"
                    .formatted(column.name().table().sql(), column.name().sql(), column.target()));
        }
        script.statements(last).statement("COMMIT");
        narrow.stream()
                .map(column -> column.name().table().sql())
                .distinct()
                .forEach(table -> script.statement("ANALYZE " + table));
        return script;
    }

    private static String narrowestType(BigInteger end) {
        return ValueRange.SMALLINT.contains(end) ? "smallint" : ValueRange.INTEGER.contains(end) ? "integer" : "bigint";
    }

    /** Keys before their references, as {@link WatchedSequence} lists them. */
    private static List<Narrow> narrow(WatchedSequence watched) {
        var ascending = watched.sequence().ascending();
        var sequenceColumns = watched.sequenceColumns().stream()
                .filter(SequenceColumn::storesValues)
                .map(sequenceColumn -> new Narrow(
                        sequenceColumn.column(), sequenceColumn.type(), Optional.empty(), sequenceColumn.blockers()));
        var references = watched.references().stream().map(Narrow::of);
        var seen = new ArrayList<ColumnName>();
        return Stream.concat(sequenceColumns, references)
                .filter(column -> column.narrowerThanBigint(ascending)
                        && !seen.contains(column.name())
                        && seen.add(column.name()))
                .toList();
    }

    private static Sequence with(Sequence sequence, ValueRange range) {
        return new Sequence(
                sequence.name(),
                "bigint",
                range,
                sequence.start(),
                sequence.increment(),
                sequence.cache(),
                sequence.cycle(),
                sequence.persistence(),
                sequence.owner());
    }

    /** A column that ends before bigint does. */
    record Narrow(ColumnName name, ColumnType type, Optional<String> through, List<String> blockers) {
        public static Narrow of(Reference reference) {
            return new Narrow(
                    reference.column(), reference.type(), Optional.of(reference.constraint()), reference.blockers());
        }

        boolean narrowerThanBigint(boolean ascending) {
            var bounds = type.bounds();
            return bounds != null && !bounds.contains(ValueRange.BIGINT.end(ascending));
        }

        /** Precision alone grows without a rewrite, and keeps the digits behind the point. */
        String target() {
            return switch (type.base()) {
                case "numeric" -> "numeric(%s,%s)".formatted(Math.max(1, 19 + type.scale()), type.scale());
                case "varchar" -> "character varying(20)";
                case "array" -> "bigint[]";
                default -> "bigint";
            };
        }

        Optional<String> obstacle() {
            if (type.domain()) {
                return Optional.of("Column %s has the domain %s: decide on a wider domain, and change the column to it."
                        .formatted(name, type.display()));
            }
            if (type.cast() != null) {
                return Optional.of(
                        "The default of %s casts what nextval gives to %s: decide on a default without the cast."
                                .formatted(name, type.cast()));
            }
            if (type.base().equals("bpchar")) {
                return Optional.of("Column %s is %s: decide on a wider type.".formatted(name, type.display()));
            }
            return blockers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "Column %s must be widened, but its type cannot be changed alone, because of %s. Decide how to change them together."
                                    .formatted(name, String.join(", ", blockers)));
        }
    }
}
