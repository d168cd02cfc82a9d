package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.InsertGrant.Place;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.Script;
import java.util.Set;
import java.util.stream.Stream;

/** A role may insert, but not call the sequence that the INSERT needs: manual, section 5.8 and GRANT. */
final class InsertWithoutUsage implements Check {
    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.InsertGrants, Fact.InsertableViews, Fact.ViewDefaults, Fact.CallingCode);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .flatMap(watched -> watched.withoutUsage().stream().map(grant -> examine(watched, grant)));
    }

    private Finding examine(WatchedSequence watched, InsertGrant grant) {
        var remedy = new Script()
                .statement("GRANT USAGE ON SEQUENCE " + watched.name().sql() + " TO " + grant.roleSql());
        return finding(
                        Severity.Critical,
                        Subject.of(watched.name()).column(grant.column()).role(grant.role()),
                        message(watched.name(), grant),
                        remedy.toString())
                .withRemaining(0);
    }

    private static String message(RelationName sequence, InsertGrant grant) {
        var table = grant.column().table();
        var column = grant.column().column();
        return switch (grant.place()) {
            case Place.AnyInsert _ ->
                "Inserts of all roles into %s fail with \"permission denied for sequence\": %s calls %s for column %s with the rights of role %s, the owner of a function that is SECURITY DEFINER, and this role may not call the sequence."
                        .formatted(table, grant.caller(), sequence, column, grant.role());
            case Place.Root _ -> message(sequence, grant, table.toString(), column);
            case Place.Members(var first, var count, var partitions) ->
                message(
                        sequence,
                        grant,
                        count == 1
                                ? "%s, a %s of %s,".formatted(first, partitions ? "partition" : "child", table)
                                : "%s %s of %s (the first is %s),"
                                        .formatted(count, partitions ? "partitions" : "children", table, first),
                        column);
            case Place.Views(var first, var count) ->
                message(
                        sequence,
                        grant,
                        count == 1
                                ? "%s through view %s".formatted(table, first)
                                : "%s through %s views (the first is %s)".formatted(table, count, first),
                        column);
            case Place.Ruled(var relation) ->
                message(sequence, grant, relation.toString(), grant.column().toString());
        };
    }

    private static String message(RelationName sequence, InsertGrant grant, String where, String column) {
        var caller = grant.caller();
        return "%s may insert into %s but may not call %s, %s with \"permission denied for sequence\"."
                .formatted(
                        grant.role().equals(InsertGrant.PUBLIC) ? "Everyone (PUBLIC)" : "Role " + grant.role(),
                        where,
                        sequence,
                        caller == null
                                ? "the default of column %s: inserts that leave the column out fail".formatted(column)
                                : "which %s calls for column %s with the rights of the role that inserts: such inserts fail"
                                        .formatted(caller, column));
    }
}
