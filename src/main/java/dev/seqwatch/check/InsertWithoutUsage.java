package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.InsertGrant;
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
        var who = grant.role().equals(InsertGrant.PUBLIC) ? "Everyone (PUBLIC)" : "Role " + grant.role();
        var through = grant.throughView() ? " through view " + grant.through() : "";
        var caller = grant.caller();
        var place = caller == null
                ? "the default of column %s: inserts that leave the column out fail"
                        .formatted(grant.column().column())
                : "which %s calls for column %s with the rights of the role that inserts: such inserts fail"
                        .formatted(caller, grant.column().column());
        var message = "%s may insert into %s%s but may not call %s, %s with \"permission denied for sequence\"."
                .formatted(who, grant.column().table(), through, watched.name(), place);
        var remedy = new Script()
                .statement("GRANT USAGE ON SEQUENCE " + watched.name().sql() + " TO " + grant.roleSql());
        return finding(
                Severity.Critical,
                Subject.of(watched.name()).column(grant.column()).role(grant.role()),
                message,
                remedy.toString());
    }
}
