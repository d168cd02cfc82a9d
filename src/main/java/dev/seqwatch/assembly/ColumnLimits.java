package dev.seqwatch.assembly;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.ColumnType;
import dev.seqwatch.model.IdPartitions;
import dev.seqwatch.model.Limit;
import dev.seqwatch.model.PartitionRange;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.model.ValueRange;
import dev.seqwatch.postgres.catalog.ColumnLimitQuery;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What limits the ids of a column besides the types of the column and its references.
 *
 * @param checks CHECK constraints of the column and of its domain
 * @param generated generated columns, by their table
 * @param partitions of tables that are partitioned by ranges of the column and have no DEFAULT partition
 */
public record ColumnLimits(
        Map<IdColumnQuery.Column, List<ColumnLimitQuery.CheckRow>> checks,
        Map<Long, List<ColumnLimitQuery.GeneratedRow>> generated,
        Map<IdColumnQuery.Column, List<PartitionRange>> partitions) {
    public static final ColumnLimits NONE = new ColumnLimits(Map.of(), Map.of(), Map.of());

    private static final String DOMAIN_VALUE = "VALUE";

    /**
     * The limits of one column in the direction of its sequence.
     *
     * @param expression its default; null where that does not call nextval by itself
     */
    List<Limit> of(SequenceColumn column, IdColumnQuery.Column root, @Nullable String expression, boolean ascending) {
        var stored = column.storesValues()
                ? Optional.<NumberExpression>of(new NumberExpression.Value())
                : Optional.ofNullable(expression).filter(_ -> column.byItself()).map(NumberExpression::ofDefault);
        if (stored.isEmpty()) {
            return List.of();
        }
        var limits = new ArrayList<Limit>();
        if (expression != null && !column.storesValues()) {
            add(
                    limits,
                    column.type().isText()
                            ? wholeText(stored.get(), column.type(), column.uniqueness() != Uniqueness.None, ascending)
                            : stored.get().lastThatFits(column.type().bounds(), ascending),
                    new Limit.Origin.OfExpression(column.column(), column.type(), expression));
        }
        ofChecks(limits, stored.get(), column.column(), root, ascending);
        if (column.storesValues()) {
            ofGenerated(limits, column.column(), root, ascending);
        }
        return limits;
    }

    /** The limits of a column that stores the key of another table: a foreign key checks no more than that the key exists. */
    List<Limit> ofReference(ColumnName column, IdColumnQuery.Column root, boolean ascending) {
        var limits = new ArrayList<Limit>();
        ofChecks(limits, new NumberExpression.Value(), column, root, ascending);
        ofGenerated(limits, column, root, ascending);
        return limits;
    }

    private void ofChecks(
            List<Limit> limits,
            NumberExpression stored,
            ColumnName column,
            IdColumnQuery.Column root,
            boolean ascending) {
        for (var check : checks.getOrDefault(root, List.of())) {
            var passing = passing(check);
            var range = passing == null ? null : range(passing);
            add(
                    limits,
                    range == null ? null : stored.lastWithin(range, ascending),
                    new Limit.Origin.OfCheck(column, check.constraint()));
        }
    }

    private void ofGenerated(List<Limit> limits, ColumnName column, IdColumnQuery.Column root, boolean ascending) {
        for (var row : generated.getOrDefault(root.relation(), List.of())) {
            var computed = NumberExpression.over(root.name(), row.expression());
            add(
                    limits,
                    row.type().isText()
                            ? wholeText(computed, row.type(), false, ascending)
                            : computed.lastThatFits(row.type().bounds(), ascending),
                    new Limit.Origin.OfGenerated(
                            column.table().column(row.column()), row.type(), row.expression(), row.stored()));
        }
    }

    private static @Nullable BigInteger wholeText(
            NumberExpression text, ColumnType type, boolean cut, boolean ascending) {
        return ascending ? text.lastWhole(type.characters(), cut) : null;
    }

    private static void add(List<Limit> limits, @Nullable BigInteger last, Limit.Origin origin) {
        if (last != null) {
            limits.add(new Limit(last, origin));
        }
    }

    /** Whether a constraint may limit the ids in a way that is not understood. */
    boolean areUnknown(IdColumnQuery.Column column) {
        return checks.getOrDefault(column, List.of()).stream().anyMatch(check -> {
            var passing = passing(check);
            return passing != null && !passing.complete();
        });
    }

    private static NumberExpression.@Nullable Passing passing(ColumnLimitQuery.CheckRow check) {
        return check.expression() == null
                ? null
                : NumberExpression.over(
                                check.domain() ? DOMAIN_VALUE : check.column().name(), check.expression())
                        .passing();
    }

    /** Open ends are farther out than any sequence goes. */
    private static ValueRange range(NumberExpression.Passing passing) {
        var beyond = BigInteger.TWO.pow(128);
        var min = passing.min() == null ? beyond.negate() : passing.min();
        var max = passing.max() == null ? beyond : passing.max();
        return new ValueRange(min.min(max), max);
    }

    Optional<IdPartitions> partitions(IdColumnQuery.Column column, ColumnName name, boolean branch) {
        return Optional.ofNullable(partitions.get(column)).map(ranges -> new IdPartitions(name, ranges, branch));
    }
}
