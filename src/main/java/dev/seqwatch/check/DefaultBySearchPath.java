package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.DatabaseState.LateBound;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Sql;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.Remedy;
import dev.seqwatch.remedy.Script;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code DEFAULT nextval('x'::text)}: another search_path means another sequence, or none (manual, section 9.17). */
final class DefaultBySearchPath implements Check {
    private static final int NAMED = 5;

    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.LateBoundDefaults);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        var uncertain = state.lateBound().stream()
                .collect(Collectors.toMap(LateBound::column, Function.identity(), (one, _) -> one, LinkedHashMap::new));
        var bound = state.sequences().stream()
                .flatMap(watched -> watched.sequenceColumns().stream()
                        .filter(sequenceColumn -> sequenceColumn.valueSource() == ValueSource.LateBound)
                        .map(sequenceColumn -> Finding.of(
                                this,
                                Severity.Warning,
                                Subject.of(watched.name()).column(sequenceColumn.column()),
                                message(sequenceColumn.column())
                                        + " Here it most likely means %s.".formatted(watched.name()),
                                remedy(watched, sequenceColumn, uncertain.remove(sequenceColumn.column())))))
                .toList();
        return Stream.concat(bound.stream(), uncertain.values().stream().map(this::unresolved));
    }

    private Finding unresolved(LateBound lateBound) {
        var found = lateBound.candidates().isEmpty()
                ? "No sequence was found for it (%s)".formatted(lateBound.expression())
                : "Which of these is meant is not known (%s): %s"
                        .formatted(lateBound.expression(), names(lateBound.candidates()));
        return finding(
                Severity.Warning,
                new Subject(
                        lateBound.column().table().schema(),
                        null,
                        lateBound.column().table(),
                        lateBound.column().column(),
                        null),
                "%s %s, so its headroom is not known. Decide which sequence is meant, and set the default to nextval('…'::regclass)."
                        .formatted(message(lateBound.column()), found));
    }

    /**
     * SET DEFAULT reaches every child, those with a default of their own included.
     *
     * @param uncertain null where only one sequence has the name
     */
    private static Remedy remedy(
            WatchedSequence watched, SequenceColumn sequenceColumn, @Nullable LateBound uncertain) {
        if (!sequenceColumn.table().independentChildren().isEmpty()) {
            return new Remedy.Decide(
                    "Tables that inherit from it use sequences of their own (%s): decide on the default of each."
                            .formatted(names(sequenceColumn.table().independentChildren())));
        }
        if (uncertain != null) {
            return new Remedy.Decide(
                    "%s sequences have that name (%s). Decide which one this table uses, and set the default to nextval('…'::regclass)."
                            .formatted(uncertain.candidates().size(), names(uncertain.candidates())));
        }
        var script = new Script()
                .statement("ALTER TABLE %s ALTER COLUMN %s SET DEFAULT nextval(%s::regclass)"
                        .formatted(
                                sequenceColumn.column().table().sql(),
                                sequenceColumn.column().sql(),
                                Sql.literal(watched.name().sql()).strip()));
        return Remedy.Run.of(script);
    }

    private static String names(List<RelationName> all) {
        var named = all.stream().limit(NAMED).map(RelationName::toString).collect(Collectors.joining(", "));
        return all.size() > NAMED ? "%s and %s more".formatted(named, all.size() - NAMED) : named;
    }

    private static String message(ColumnName column) {
        return "The default of %s names its sequence by a text that search_path resolves at every insert: a session with another search_path fails or uses another sequence, and PostgreSQL lets the sequence be dropped or renamed."
                .formatted(column);
    }
}
