package dev.seqwatch.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One schema made sick, or healthy in a way that looks sick. In SQL the schema is the search_path, and {@code @name} is
 * a role of this case's own; {@code @owner} owns the schema and runs what is given and the remedies.
 */
final class Scenario {
    final String schema;
    final List<Given> given = new ArrayList<>();
    final List<Damage> damages = new ArrayList<>();
    final List<String> findings = new ArrayList<>();
    final List<Said> texts = new ArrayList<>();
    final Map<String, String> roles = new TreeMap<>();
    final List<String> undecided = new ArrayList<>();
    final List<String> left = new ArrayList<>();
    int since = 13;

    private Scenario(String schema) {
        this.schema = schema;
    }

    record Given(String role, String sql) {}

    record Said(String finding, String text) {}

    /** What the failure does to its users before the remedy, and no longer does after it. */
    sealed interface Damage {
        /** The statement fails. */
        record Fails(String role, String sql, String sqlState) implements Damage {}

        /** The statement runs, and afterwards a query that tells of harm says true. */
        record Harms(String sql, String harm) implements Damage {}

        /** The statement fails, for a reason that no check reports and no remedy removes. */
        record Refused(String sql, String sqlState) implements Damage {}
    }

    static Scenario of(String schema) {
        return new Scenario(schema);
    }

    /** The first major version that knows the statements. */
    Scenario since(int major) {
        since = major;
        return this;
    }

    Scenario given(String sql) {
        given.add(new Given("owner", sql));
        return this;
    }

    /** A role of this database, which can log in unless the options say NOLOGIN; equal names are one role. */
    Scenario role(String name, String options) {
        roles.put(name, options);
        return this;
    }

    Scenario givenBySuperuser(String sql) {
        given.add(new Given("", sql));
        return this;
    }

    Scenario fails(String sqlState, String sql) {
        return fails("owner", sqlState, sql);
    }

    Scenario fails(String role, String sqlState, String sql) {
        damages.add(new Damage.Fails(role, sql, sqlState));
        return this;
    }

    /** Proof that a finding would help nobody: even the superuser's statements, which begin with the remedy, fail. */
    Scenario refused(String sqlState, String sql) {
        damages.add(new Damage.Refused(sql, sqlState));
        return this;
    }

    Scenario harms(String sql, String harm) {
        damages.add(new Damage.Harms(sql, harm));
        return this;
    }

    /** As {@code Critical SequenceExhaustion t_id_seq t.id}: the schema left out. All must be named. */
    Scenario finds(String finding) {
        findings.add(finding);
        return this;
    }

    /** Words that must stand in the message of the case's last finding. */
    Scenario saying(String text) {
        texts.add(new Said(findings.getLast(), text));
        return this;
    }

    /** What the remedies leave, because a person has to decide about it. */
    Scenario leaves(String finding) {
        left.add(finding);
        return this;
    }

    /** The case's last finding has no remedy: it stays. */
    Scenario undecided() {
        undecided.add(findings.getLast());
        return this;
    }
}
