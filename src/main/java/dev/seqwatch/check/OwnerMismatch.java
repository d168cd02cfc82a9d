package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Sql;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.OwnedByRemedy;
import dev.seqwatch.remedy.Remedy;
import dev.seqwatch.remedy.Script;
import java.util.Optional;
import java.util.stream.Stream;

/** Sequence and table belong to different roles: the table's owner may neither move nor drop what it needs. */
final class OwnerMismatch implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream().flatMap(watched -> examine(watched).stream());
    }

    private Optional<Finding> examine(WatchedSequence watched) {
        return OwnedByRemedy.callingColumns(watched).stream()
                .filter(sequenceColumn -> !sequenceColumn
                        .table()
                        .owner()
                        .equals(watched.sequence().owner()))
                .findFirst()
                .map(sequenceColumn -> Finding.of(
                        this,
                        Severity.Info,
                        Subject.of(watched.name()).column(sequenceColumn.column()),
                        "%s is owned by role %s, but %s, the table that uses it, is owned by role %s."
                                .formatted(
                                        watched.name(),
                                        watched.sequence().owner(),
                                        sequenceColumn.table().name(),
                                        sequenceColumn.table().owner()),
                        remedy(watched, sequenceColumn)));
    }

    private static Remedy remedy(WatchedSequence watched, SequenceColumn sequenceColumn) {
        var owners = OwnedByRemedy.callingColumns(watched).stream()
                .map(each -> each.table().owner())
                .distinct()
                .count();
        if (owners > 1 || watched.owned() != null) {
            return new Remedy.Decide(
                    "Several roles have a stake in it: decide which one is to own sequence and table.");
        }
        var script = new Script()
                .comment(
                        "As a superuser, or as a member of both roles. What the old owner may do today it may do afterwards.")
                .statement("BEGIN")
                .statement("ALTER SEQUENCE %s OWNER TO %s"
                        .formatted(
                                watched.name().sql(),
                                Sql.identifier(sequenceColumn.table().owner())))
                .statement("GRANT ALL ON SEQUENCE %s TO %s"
                        .formatted(
                                watched.name().sql(),
                                Sql.identifier(watched.sequence().owner())))
                .statement("COMMIT");
        return Remedy.Run.of(script);
    }
}
