package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Sql;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.Remedy;
import dev.seqwatch.remedy.Script;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code DEFAULT nextval('x'::text)}: another search_path means another sequence, or none (manual, section 9.17). */
final class DefaultBySearchPath implements Check {
    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.LateBoundDefaults);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        var bound = state.sequences().stream()
                .flatMap(watched -> watched.sequenceColumns().stream()
                        .filter(sequenceColumn -> sequenceColumn.draw() == ValueSource.LateBound)
                        .map(sequenceColumn -> Finding.of(
                                this,
                                Severity.Warning,
                                Subject.of(watched.name()).column(sequenceColumn.column()),
                                message(sequenceColumn.column())
                                        + " Here it most likely means %s.".formatted(watched.name()),
                                remedy(watched, sequenceColumn))));
        var unresolved = state.unresolved().stream()
                .map(draw -> finding(
                        Severity.Warning,
                        new Subject(
                                draw.column().table().schema(),
                                null,
                                draw.column().table(),
                                draw.column().column(),
                                null),
                        message(draw.column())
                                + " No sequence was found for it (%s), so its headroom is not known. Decide which sequence is meant, and set the default to nextval('…'::regclass)."
                                        .formatted(draw.expression())));
        return Stream.concat(bound, unresolved);
    }

    /** SET DEFAULT reaches every child, those with a default of their own included. */
    private static Remedy remedy(WatchedSequence watched, SequenceColumn sequenceColumn) {
        if (!sequenceColumn.table().independentChildren().isEmpty()) {
            return new Remedy.Decide(
                    "Tables that inherit from it draw from sequences of their own (%s): decide on the default of each."
                            .formatted(sequenceColumn.table().independentChildren().stream()
                                    .map(RelationName::toString)
                                    .collect(Collectors.joining(", "))));
        }
        var script = new Script()
                .statement("ALTER TABLE %s ALTER COLUMN %s SET DEFAULT nextval(%s::regclass)"
                        .formatted(
                                sequenceColumn.column().table().sql(),
                                sequenceColumn.column().sql(),
                                Sql.literal(watched.name().sql()).strip()));
        return Remedy.Run.of(script);
    }

    private static String message(ColumnName column) {
        return "The default of %s names its sequence by a text that search_path resolves at every insert: a session with another search_path fails or draws from another sequence, and PostgreSQL lets the sequence be dropped or renamed."
                .formatted(column);
    }
}
