package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.DatabaseState.DefaultGrant;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.Sql;
import dev.seqwatch.remedy.Script;
import java.util.Set;
import java.util.stream.Stream;

/** The next table that somebody creates will refuse the inserts that its grants allow: manual, ALTER DEFAULT PRIVILEGES. */
final class DefaultPrivilegesGap implements Check {
    @Override
    public Set<Fact> needs() {
        return Set.of(Fact.DefaultGrants);
    }

    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.defaultGrants().stream().map(this::examine);
    }

    private Finding examine(DefaultGrant grant) {
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
                Severity.Warning,
                new Subject(grant.schema(), null, null, null, grant.creator()),
                "Tables that role %s creates in %s will let %s insert, but not call their sequences: inserts into the next table with a serial column fail with \"permission denied for sequence\"."
                        .formatted(grant.creator(), where, String.join(", ", grant.grantees())),
                script.toString());
    }
}
