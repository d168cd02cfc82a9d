package dev.seqwatch.compare;

import static dev.seqwatch.model.Numbers.grouped;

import dev.seqwatch.compare.Difference.Effect;
import dev.seqwatch.compare.Difference.Kind;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.CutoverState;
import dev.seqwatch.model.Limit;
import dev.seqwatch.model.Persistence;
import dev.seqwatch.model.Reference;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Sql;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.SubscriptionState.SubscribedRelation;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.UserTable;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the sequences of the target continue those of the source without giving an id a second time. */
final class SequenceComparison {
    /** Calls within which an insert meets a stored id soon. */
    private static final BigInteger SOON = BigInteger.valueOf(1_000);

    private final CutoverState state;
    private final Margin margin;
    private final boolean bothWrite;
    private final Set<RelationName> targetTables;
    private final Map<RelationName, String> subscriptions = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();

    private SequenceComparison(CutoverState state, Margin margin, boolean bothWrite) {
        this.state = state;
        this.margin = margin;
        this.bothWrite = bothWrite;
        this.targetTables = state.targetTables().stream().map(UserTable::name).collect(Collectors.toSet());
        state.targetLook()
                .subscriptions()
                .forEach(subscription -> subscription.relations().stream()
                        .filter(SubscribedRelation::sequence)
                        .forEach(relation -> subscriptions.put(relation.name(), subscription.name())));
    }

    /** In the order of the source's sequences. */
    static List<Difference> of(CutoverState state, Margin margin, boolean bothWrite) {
        var comparison = new SequenceComparison(state, margin, bothWrite);
        SequencePair.of(state.source(), state.target()).forEach(comparison::pair);
        comparison.references();
        return List.copyOf(comparison.differences);
    }

    private void pair(SequencePair pair) {
        var source = pair.source();
        if (pair.targets().isEmpty()) {
            missing(source);
            return;
        }
        for (var target : pair.targets()) {
            var before = differences.size();
            definition(source, target);
            source.sequenceColumns().stream()
                    .filter(column -> column.byItself())
                    .forEach(column -> type(source, column, fed(column, List.of(target))));
            if (differences.subList(before, differences.size()).stream()
                    .noneMatch(difference -> difference.effect() == Effect.No)) {
                limit(source, target);
            }
            positions(source, target);
        }
        source.sequenceColumns().forEach(column -> use(source, column, pair.targets()));
        owned(source, pair.targets());
    }

    private void missing(WatchedSequence source) {
        var tables = source.sequenceColumns().stream()
                .map(column -> column.column().table())
                .distinct()
                .toList();
        add(
                Kind.SequenceMissing,
                Effect.No,
                source,
                "The target has no sequence of this name, and none that feeds its columns.",
                targetTables.containsAll(tables)
                                && (source.owned() == null
                                        || targetTables.contains(
                                                source.owned().column().table()))
                        ? creation(source)
                        : null);
    }

    private static String creation(WatchedSequence source) {
        var sequence = source.sequence();
        var owned = source.owned();
        var script = new StringBuilder();
        if (owned != null && owned.identity()) {
            script.append("ALTER TABLE %s ALTER COLUMN %s ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %s%s);"
                            .formatted(
                                    owned.column().table().sql(),
                                    owned.column().sql(),
                                    always(source) ? "ALWAYS" : "BY DEFAULT",
                                    source.name().sql(),
                                    properties(sequence)))
                    .append('\n');
        } else {
            script.append("CREATE SEQUENCE IF NOT EXISTS %s AS %s%s;"
                            .formatted(source.name().sql(), sequence.dataType(), properties(sequence)))
                    .append('\n');
        }
        var next = source.position().next(sequence);
        if (next != null) {
            script.append(ForwardSetval.statement(sequence, next)).append('\n');
        }
        source.sequenceColumns().stream()
                .filter(column -> column.valueSource() == ValueSource.Default)
                .forEach(column -> script.append(defaultSql(column.column(), source.name()))
                        .append('\n'));
        if (owned != null && !owned.identity()) {
            script.append(ownedSql(source.name(), owned.column()));
        }
        return script.toString().stripTrailing();
    }

    private static boolean always(WatchedSequence source) {
        return source.sequenceColumns().stream().anyMatch(column -> column.valueSource() == ValueSource.IdentityAlways);
    }

    private static String properties(Sequence sequence) {
        return " INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s"
                .formatted(
                        sequence.increment(),
                        sequence.range().min(),
                        sequence.range().max(),
                        sequence.start(),
                        sequence.cache(),
                        sequence.cycle() ? " CYCLE" : " NO CYCLE");
    }

    private static String defaultSql(ColumnName column, RelationName sequence) {
        return "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT pg_catalog.nextval(%s::pg_catalog.regclass);"
                .formatted(
                        column.table().sql(),
                        column.sql(),
                        Sql.literal(sequence.sql()).strip());
    }

    private static String ownedSql(RelationName sequence, ColumnName column) {
        return "ALTER SEQUENCE %s OWNED BY %s.%s;"
                .formatted(sequence.sql(), column.table().sql(), column.sql());
    }

    private void definition(WatchedSequence source, WatchedSequence target) {
        var from = source.sequence();
        var to = target.sequence();
        if (!from.increment().equals(to.increment())) {
            differs(source, target, "INCREMENT", grouped(from.increment()), grouped(to.increment()), Effect.No);
        }
        if (from.cycle() != to.cycle()) {
            differs(source, target, "CYCLE", String.valueOf(from.cycle()), String.valueOf(to.cycle()), Effect.No);
        }
        if (!from.range().equals(to.range())) {
            differs(
                    source,
                    target,
                    "MINVALUE to MAXVALUE",
                    grouped(from.range().min()) + " to " + grouped(from.range().max()),
                    grouped(to.range().min()) + " to " + grouped(to.range().max()),
                    bothWrite || to.range().contains(from.range()) ? Effect.Note : Effect.No);
        }
        if (!from.dataType().equals(to.dataType())) {
            differs(
                    source,
                    target,
                    "The type",
                    from.dataType(),
                    to.dataType(),
                    to.typeRange().contains(from.typeRange()) ? Effect.Note : Effect.No);
        }
        if (from.cache() != to.cache()) {
            differs(source, target, "CACHE", String.valueOf(from.cache()), String.valueOf(to.cache()), Effect.Note);
        }
        if (!from.start().equals(to.start())) {
            differs(source, target, "START", grouped(from.start()), grouped(to.start()), Effect.Note);
        }
        if (from.persistence() == Persistence.Permanent && to.persistence() == Persistence.Unlogged) {
            add(
                    Kind.DefinitionDiffers,
                    Effect.No,
                    source,
                    target.name() + " is unlogged at the target, so that a crash resets it.",
                    "ALTER SEQUENCE " + target.name().sql() + " SET LOGGED;");
        }
    }

    private void differs(
            WatchedSequence source, WatchedSequence target, String property, String from, String to, Effect effect) {
        add(
                Kind.DefinitionDiffers,
                effect,
                source,
                property + " is " + from + " at the source and " + to + " for " + target.name() + " at the target.",
                mayBeginAgain(source, target)
                        ? null
                        : "ALTER SEQUENCE %s AS %s%s;"
                                .formatted(
                                        target.name().sql(),
                                        source.sequence().dataType(),
                                        properties(source.sequence())));
    }

    /** A CHECK constraint, or the type of a column that references or is computed from the id. */
    private void limit(WatchedSequence source, WatchedSequence target) {
        var from = source.limit();
        var to = target.limit();
        var order = from.value().compareTo(to.value());
        if (to.kind() != Limit.Kind.Sequence && (source.sequence().ascending() ? order > 0 : order < 0)) {
            add(
                    Kind.LimitTighter,
                    Effect.No,
                    source,
                    "Inserts end at " + grouped(from.value()) + " at the source and at " + grouped(to.value())
                            + " at the target (" + to.setBy() + ").",
                    null);
        }
    }

    /** A partition that the target lacks makes the inserts fail that the source would take. */
    private void partitions(WatchedSequence source, WatchedSequence target, BigInteger next) {
        for (var partitions : target.partitions()) {
            var before = source.partitions().stream()
                    .filter(other -> other.column().equals(partitions.column()))
                    .findFirst();
            if (!partitions.take(next)
                    && !partitions.branch()
                    && before.map(other -> other.take(next)).orElse(true)) {
                add(
                        Kind.PartitionMissing,
                        Effect.No,
                        source,
                        "At the target, no partition of " + partitions.column().table() + " takes " + grouped(next)
                                + ".",
                        null);
            }
        }
    }

    private void positions(WatchedSequence source, WatchedSequence target) {
        var from = source.position().next(source.sequence());
        var to = target.position().next(target.sequence());
        if (from == null || to == null) {
            add(
                    Kind.PositionUnknown,
                    Effect.Unknown,
                    source,
                    "The position of the sequence at the " + (from == null ? "source" : "target")
                            + " could not be read.",
                    null);
            return;
        }
        if (bothWrite
                && target.sequence().increment().signum()
                        == source.sequence().increment().signum()) {
            overlap(source, target, from, to);
            storedIds(source, target, to, to);
            return;
        }
        var begin = source.sequence().farthest(List.of(from, to));
        var past = storedIds(source, target, begin, from);
        partitions(source, target, begin);
        if (isBefore(source.sequence(), to, from)) {
            var next = next(source, target, from, past);
            add(
                    Kind.PositionBehind,
                    Effect.No,
                    source,
                    "The next value is " + grouped(from) + " at the source and " + grouped(to) + " for " + target.name()
                            + " at the target, which would give ids again that the source has given."
                            + (next == null
                                    ? " No script can set it, because the target does not reach that value."
                                    : ""),
                    next == null ? null : forward(source, target, next));
        }
    }

    /** Where PostgreSQL itself replicates the sequence, it moves it; with a margin, or past other ids, only setval does. */
    private String forward(WatchedSequence source, WatchedSequence target, BigInteger next) {
        var subscription = subscriptions.get(target.name());
        return subscription == null || !margin.writes().stopped()
                ? ForwardSetval.statement(afterwards(source, target), next)
                : "ALTER SUBSCRIPTION " + Sql.identifier(subscription) + " REFRESH SEQUENCES;";
    }

    /**
     * The value that the target gives next after the script; null where the target cannot give it.
     *
     * @param past behind the ids that the target stores by itself; null where there are none
     */
    private @Nullable BigInteger next(
            WatchedSequence source, WatchedSequence target, BigInteger from, @Nullable BigInteger past) {
        var step = source.sequence().increment();
        var range = afterwards(source, target).range();
        if (!step.equals(afterwards(source, target).increment())) {
            return null;
        }
        var ahead = from.add(step.multiply(margin.calls(source)));
        var wanted = past == null ? ahead : source.sequence().farthest(List.of(ahead, past));
        return range.contains(wanted) || range.contains(wanted.subtract(step)) ? wanted : null;
    }

    /** The target's sequence as the script leaves it, which gives it the definition of the source where its own does not do. */
    private static Sequence afterwards(WatchedSequence source, WatchedSequence target) {
        var from = source.sequence();
        var to = target.sequence();
        var redefined = !from.increment().equals(to.increment())
                || !to.range().contains(from.range())
                || (to.cycle() && !from.cycle());
        return redefined && !mayBeginAgain(source, target)
                ? new Sequence(
                        to.name(),
                        from.dataType(),
                        from.range(),
                        from.start(),
                        from.increment(),
                        from.cache(),
                        from.cycle(),
                        to.persistence(),
                        to.owner())
                : to;
    }

    /** A sequence that begins again gives ids twice, so that a person decides whether the target shall do that. */
    private static boolean mayBeginAgain(WatchedSequence source, WatchedSequence target) {
        return source.sequence().cycle() && !target.sequence().cycle();
    }

    /**
     * Both give ids: they never meet where the remainders of their values differ.
     *
     * @param from the next value of the source
     * @param to the next value of the target
     */
    private void overlap(WatchedSequence source, WatchedSequence target, BigInteger from, BigInteger to) {
        var common = source.sequence().increment().gcd(target.sequence().increment());
        var apart = from.subtract(to).mod(common).signum() != 0;
        if (!apart && !disjoint(source.sequence(), target.sequence())) {
            add(
                    Kind.IdsOverlap,
                    Effect.No,
                    source,
                    "Both databases take inserts, and " + source.name() + " of the source (next "
                            + grouped(from) + ") and " + target.name() + " of the target (next " + grouped(to)
                            + ") will give the same values. Give both the same INCREMENT above 1 and different remainders, or ranges that do not meet.",
                    null);
        }
    }

    private static boolean disjoint(Sequence one, Sequence other) {
        return !one.range().contains(other.range().min())
                && !one.range().contains(other.range().max())
                && !other.range().contains(one.range().min());
    }

    /**
     * Ids that the target stores and its sequence will give after the cutover. The source has given all before {@code
     * from}, so what lies there is not one of them.
     *
     * @param begin where the target begins to give ids
     * @return the value behind the ids that are near; null where there are none
     */
    private @Nullable BigInteger storedIds(
            WatchedSequence source, WatchedSequence target, BigInteger begin, BigInteger from) {
        BigInteger past = null;
        for (var column : target.sequenceColumns()) {
            var stored = column.stored();
            if (!stored.gaps().isEmpty()) {
                add(
                        Kind.StoredIdsUnknown,
                        Effect.Note,
                        source,
                        "The ids that " + column.column() + " stores at the target were not compared ("
                                + stored.gaps().getFirst().reason().explanation() + ").",
                        null);
            }
            var collision = stored.collision();
            if (collision == null || isBefore(target.sequence(), collision.last(), begin)) {
                continue;
            }
            var first = isBefore(target.sequence(), collision.first(), begin)
                    ? isBefore(target.sequence(), collision.run().end(), begin) ? collision.last() : begin
                    : collision.first();
            var soon = target.sequence().callsBetween(begin, first).compareTo(SOON) < 0;
            var known = atSource(source, column, collision);
            if (!soon && known) {
                add(
                        Kind.StoredIdsAhead,
                        Effect.Note,
                        source,
                        "Source and target store ids that " + source.name() + " has not given yet, up to "
                                + grouped(collision.last()) + " in " + column.column()
                                + ": inserts fail where it comes to them.",
                        null);
                continue;
            }
            var behind = target.sequence()
                    .farthest(
                            List.of(collision.run().end().add(target.sequence().increment()), begin));
            add(
                    Kind.StoredIdsAhead,
                    Effect.No,
                    source,
                    "At the target, " + column.column() + " already stores " + grouped(first) + ", which "
                            + target.name() + " will still give"
                            + (known ? "; the source stores it as well." : "."),
                    isBefore(target.sequence(), behind, from)
                                    || !target.sequence().range().contains(behind)
                            ? null
                            : ForwardSetval.statement(target.sequence(), behind));
            past = past == null ? behind : target.sequence().farthest(List.of(past, behind));
        }
        return past;
    }

    /** Whether the source stores the farthest of these ids as well, so that the rows are not the target's own. */
    private static boolean atSource(WatchedSequence source, SequenceColumn column, StoredIds.Collision collision) {
        return source.sequenceColumns().stream()
                .filter(other -> other.column().equals(column.column()))
                .map(other -> other.stored().collision())
                .anyMatch(other -> other != null && other.last().equals(collision.last()));
    }

    private static boolean isBefore(Sequence sequence, BigInteger value, BigInteger other) {
        return value.subtract(other).signum() * sequence.increment().signum() < 0;
    }

    /** What fills the column at the source must fill it at the target. */
    private void use(WatchedSequence source, SequenceColumn column, List<WatchedSequence> targets) {
        if (!targetTables.contains(column.column().table())) {
            return;
        }
        if (column.byItself()) {
            if (fed(column, targets) == null) {
                add(
                        Kind.DefaultMissing,
                        Effect.No,
                        source,
                        "At the target, no default or identity of " + column.column() + " calls a sequence.",
                        column.valueSource() == ValueSource.Default
                                ? defaultSql(column.column(), targets.getFirst().name())
                                : null);
            }
            return;
        }
        if (switch (column.valueSource()) {
                    case Trigger, Rule, View -> true;
                    case IdentityAlways,
                            IdentityByDefault,
                            Default,
                            LateBound,
                            Derived,
                            Function,
                            OwnedWithoutCall,
                            LinkedByName,
                            Declared -> false;
                }
                && targets.stream()
                        .flatMap(target -> target.sequenceColumns().stream())
                        .noneMatch(other -> other.column().equals(column.column()) && called(other))) {
            add(
                    Kind.DefaultMissing,
                    Effect.No,
                    source,
                    "At the source, " + column.caller() + " fills " + column.column()
                            + "; at the target, nothing fills it from a sequence.",
                    null);
        }
    }

    private static boolean called(SequenceColumn column) {
        return switch (column.valueSource()) {
            case IdentityAlways, IdentityByDefault, Default, LateBound, Derived, Trigger, Rule, View, Function -> true;
            case OwnedWithoutCall, LinkedByName, Declared -> false;
        };
    }

    private void type(WatchedSequence source, SequenceColumn column, @Nullable SequenceColumn other) {
        if (other != null) {
            type(source.name().toString(), column.column(), column.type(), other.type());
            key(source, column, other);
            rows(source, column, other);
        }
    }

    /** A composite index may belong to a table that is partitioned in another way. */
    private void key(WatchedSequence source, SequenceColumn column, SequenceColumn other) {
        if (column.uniqueness() == Uniqueness.Alone
                && (other.uniqueness() == Uniqueness.None || other.uniqueness() == Uniqueness.Composite)) {
            add(
                    Kind.KeyMissing,
                    other.uniqueness() == Uniqueness.None ? Effect.No : Effect.Note,
                    source,
                    "A unique index on " + column.column() + " alone keeps ids apart at the source; at the target "
                            + (other.uniqueness() == Uniqueness.None ? "none does." : "one with further columns does."),
                    null);
        }
    }

    /** Once nothing is inserted any more, both store the same farthest id. */
    private void rows(WatchedSequence source, SequenceColumn column, SequenceColumn other) {
        var from = column.stored().farthest();
        var to = other.stored().farthest();
        if (from != null
                && margin.writes().stopped()
                && !bothWrite
                && column.stored().gaps().isEmpty()
                && other.stored().gaps().isEmpty()
                && (to == null || isBefore(source.sequence(), to, from))) {
            add(
                    Kind.RowsMissing,
                    Effect.NotYet,
                    source,
                    "The last id of " + column.column() + " is " + grouped(from) + " at the source and "
                            + (to == null ? "none" : grouped(to))
                            + " at the target: the row is on its way, or the table was not copied.",
                    null);
        }
    }

    private void type(String subject, ColumnName column, ColumnType from, ColumnType to) {
        if (!from.display().equals(to.display())) {
            differences.add(new Difference(
                    Kind.TypeDiffers,
                    holds(to, from) ? Effect.Note : Effect.No,
                    subject,
                    column + " is " + from.display() + " at the source and " + to.display() + " at the target."));
        }
    }

    private void references() {
        var byColumn = new HashMap<ColumnName, Reference>();
        state.target().references().forEach(reference -> byColumn.put(reference.column(), reference));
        var seen = new HashSet<ColumnName>();
        for (var reference : state.source().references()) {
            var other = byColumn.get(reference.column());
            if (other != null && seen.add(reference.column())) {
                type(reference.column().table().toString(), reference.column(), reference.type(), other.type());
            }
        }
    }

    /** Whether all values of the other type fit. */
    private static boolean holds(ColumnType type, ColumnType other) {
        var bounds = type.bounds();
        var needed = other.bounds();
        return bounds == null || (needed != null && bounds.contains(needed));
    }

    private void owned(WatchedSequence source, List<WatchedSequence> targets) {
        var owned = source.owned();
        if (owned == null || targets.stream().anyMatch(target -> sameOwner(target, owned.column()))) {
            return;
        }
        add(
                Kind.OwnedByDiffers,
                Effect.Note,
                source,
                "It is owned by " + owned.column() + " at the source and by "
                        + (targets.getFirst().owned() == null
                                ? "no column"
                                : targets.getFirst().owned().column())
                        + " at the target.",
                targets.getFirst().owned() == null
                                && !owned.identity()
                                && targetTables.contains(owned.column().table())
                        ? ownedSql(targets.getFirst().name(), owned.column())
                        : null);
    }

    private static boolean sameOwner(WatchedSequence target, ColumnName column) {
        return target.owned() != null && target.owned().column().equals(column);
    }

    private static @Nullable SequenceColumn fed(SequenceColumn column, List<WatchedSequence> targets) {
        return targets.stream()
                .flatMap(target -> target.sequenceColumns().stream())
                .filter(other -> other.byItself() && other.column().equals(column.column()))
                .findFirst()
                .orElse(null);
    }

    private void add(Kind kind, Effect effect, WatchedSequence source, String message, @Nullable String remedy) {
        differences.add(new Difference(kind, effect, source.name().toString(), message, remedy));
    }
}
