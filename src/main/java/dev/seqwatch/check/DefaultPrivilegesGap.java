package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.DatabaseState.DefaultGrant;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.Sql;
import dev.seqwatch.remedy.Script;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The next table that somebody creates will refuse the inserts that its grants allow: manual, ALTER DEFAULT PRIVILEGES. */
final class DefaultPrivilegesGap implements Check {
    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.DefaultGrants);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        var creators = state.knows(Fact.CallingCode) ? creatorsWithSequences(state) : null;
        return state.defaultGrants().stream()
                .map(grant -> examine(grant, creators == null || creators.contains(grant.creator())));
    }

    /** Owners of tables whose inserts call a sequence with the rights of the role that inserts, as identity does not. */
    private static Set<String> creatorsWithSequences(DatabaseState state) {
        return state.sequences().stream()
                .flatMap(watched -> watched.sequenceColumns().stream())
                .filter(column ->
                        !column.valueSource().identity() && column.valueSource().certain())
                .map(column -> column.table().owner())
                .collect(Collectors.toSet());
    }

    private Finding examine(DefaultGrant grant, boolean habit) {
        var where = grant.schema() == null ? "any schema" : "schema " + grant.schema();
        var script = new Script().comment("for sequences still to come; those that exist are reported by themselves");
        grant.grantees()
                .forEach(grantee ->
                        script.statement("ALTER DEFAULT PRIVILEGES FOR ROLE %s%s GRANT USAGE ON SEQUENCES TO %s"
                                .formatted(
                                        Sql.identifier(grant.creator()),
                                        grant.schema() == null ? "" : " IN SCHEMA " + Sql.identifier(grant.schema()),
                                        grantee.equals(InsertGrant.PUBLIC) ? grantee : Sql.identifier(grantee))));
        return finding(
                habit ? Severity.Warning : Severity.Info,
                new Subject(grant.schema(), null, null, null, grant.creator()),
                "Tables that role %s creates in %s will let %s insert, but not call their sequences: inserts into the next table with a serial column fail with \"permission denied for sequence\".%s"
                        .formatted(
                                grant.creator(),
                                where,
                                String.join(", ", grant.grantees()),
                                habit ? "" : " No inspected table of this role has such a column today."),
                script.toString());
    }
}
