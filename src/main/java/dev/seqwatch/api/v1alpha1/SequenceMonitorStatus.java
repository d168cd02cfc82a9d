package dev.seqwatch.api.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last inspection found. Nothing is required, so that an older or newer operator's status stays readable. Its
 * size is bounded, since etcd takes no object above 1.5 MiB: {@code report} keeps to the bounds and counts what it
 * omits.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SequenceMonitorStatus(
        @JsonPropertyDescription("Generation of the spec that this status answers.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("When the last inspection ended.") @Nullable
        Instant lastInspectionTime,

        @JsonPropertyDescription(
                "When the next inspection is due, where that is later than spec.interval asks for, because the last one took"
                        + " more than a tenth of it; absent otherwise. A restart of the operator does not bring it forward.")
        @Nullable
        Instant nextInspectionTime,

        @JsonPropertyDescription(
                "What is not well: the reason of Ready where that is not True, else the reason of Healthy where that is not"
                        + " True; absent where all is well.")
        @Nullable
        String problem,

        @JsonPropertyDescription("Counts over all databases.") @Nullable
        Summary summary,

        @JsonPropertyDescription("The databases, those with an error first, then by name.") @Size(max = MAX_DATABASES)
        List<DatabaseStatus> databases,

        @JsonPropertyDescription("Databases that did not fit into the list above.") @Nullable
        Integer databasesOmitted,

        @JsonPropertyDescription(
                "Databases that a pattern of spec.databases takes and that are not read, because they refuse this role and"
                        + " always did: a hosting provider keeps some for itself. summary.databasesSetAside counts all.")
        @Size(max = MAX_SET_ASIDE)
        List<SetAsideStatus> databasesSetAside,

        @JsonPropertyDescription("The worst findings.") @Size(max = MAX_FINDINGS)
        List<FindingStatus> findings,

        @JsonPropertyDescription("Findings that did not fit into the list above.") @Nullable
        Integer findingsOmitted,

        @JsonPropertyDescription("The worst of the findings that spec.ignore takes out; summary.ignored counts all.")
        @Size(max = MAX_FINDINGS)
        List<IgnoredStatus> ignored,

        @JsonPropertyDescription(
                "Parts of the spec that have no effect: an ignore that has expired or matches nothing, a link or a limit whose"
                        + " sequence or column was not found.")
        @Size(max = MAX_NOTICES)
        List<String> warnings,

        @JsonPropertyDescription(
                "Where the most used sequences stood before, so that a forecast outlives a restart of the operator.")
        @Size(max = MAX_SAMPLES)
        List<PositionSample> samples,

        @JsonPropertyDescription(
                "Ready says that the monitor works: spec understood, Secret found, every database read. Healthy says"
                        + " that nothing of Warning or Critical was found.")
        List<Condition> conditions) {
    public static final int MAX_DATABASES = 200;
    public static final int MAX_SET_ASIDE = 20;
    public static final int MAX_FINDINGS = 20;
    public static final int MAX_NOTICES = 20;
    public static final int MAX_SAMPLES = 200;

    /** Characters of a message, an error or a name that are kept; the writer of a status cuts the rest. */
    public static final int MAX_TEXT = 1_024;

    /** Characters of a remedy. Half a script is worse than none: a longer one is left out. */
    public static final int MAX_REMEDY = 8_192;

    public static final String READY = "Ready";
    public static final String HEALTHY = "Healthy";

    public SequenceMonitorStatus {
        databases = List.copyOf(requireNonNullElse(databases, List.of()));
        databasesSetAside = List.copyOf(requireNonNullElse(databasesSetAside, List.of()));
        findings = List.copyOf(requireNonNullElse(findings, List.of()));
        ignored = List.copyOf(requireNonNullElse(ignored, List.of()));
        warnings = List.copyOf(requireNonNullElse(warnings, List.of()));
        samples = List.copyOf(requireNonNullElse(samples, List.of()));
        conditions = List.copyOf(requireNonNullElse(conditions, List.of()));
    }

    /** Before the first inspection. */
    public static final SequenceMonitorStatus NONE = new SequenceMonitorStatus(
            null, null, null, null, null, List.of(), null, List.of(), List.of(), null, List.of(), List.of(), List.of(),
            List.of());

    /** Counts over all databases of the monitor. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Summary(
            @JsonPropertyDescription("Databases that the patterns take.") @Nullable
            Integer databases,

            @JsonPropertyDescription("Sequences in the databases that were read.") @Nullable
            Integer sequences,

            @JsonPropertyDescription("Findings that are Critical.") @Nullable
            Integer critical,

            @JsonPropertyDescription("Findings that are a Warning.") @Nullable
            Integer warning,

            @JsonPropertyDescription("Findings that are Info.") @Nullable
            Integer info,

            @JsonPropertyDescription("Findings that spec.ignore takes out; they are not among the others.") @Nullable
            Integer ignored,

            @JsonPropertyDescription("Sequences whose position could not be read.") @Nullable
            Integer unreadable,

            @JsonPropertyDescription("Columns whose stored ids could not be compared with their sequence.") @Nullable
            Integer notChecked,

            @JsonPropertyDescription("Checks that could not be judged, because what they need could not be read.")
            @Nullable
            Integer notJudged,

            @JsonPropertyDescription("Used part of the most used sequence's range, in percent.") @Nullable
            Integer highestUsedPercent,

            @JsonPropertyDescription(
                    "Findings among those above that the last inspection could not judge, so that they may still be there.")
            @Nullable
            Integer stale,

            @JsonPropertyDescription(
                    "Databases that a pattern takes and that are not read, because they refuse this role and always did.")
            @Nullable
            Integer databasesSetAside) {}

    /** One database. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DatabaseStatus(
            @JsonPropertyDescription("Name of the database.") @Nullable
            String name,

            @JsonPropertyDescription("Version of PostgreSQL.") @Nullable
            String serverVersion,

            @JsonPropertyDescription("Primary, or Standby, where positions run ahead and SequenceBehind is not judged.")
            @Nullable
            ServerRole role,

            @JsonPropertyDescription(
                    "System identifier of the server and oid of the database, where they can be read. What is known of another database of the same name does not count.")
            @Nullable
            String identity,

            @JsonPropertyDescription("Sequences read.") @Nullable
            Integer sequences,

            @JsonPropertyDescription("Findings that are Critical.") @Nullable
            Integer critical,

            @JsonPropertyDescription("Findings that are a Warning.") @Nullable
            Integer warning,

            @JsonPropertyDescription("Findings that are Info.") @Nullable
            Integer info,

            @JsonPropertyDescription("Findings that spec.ignore takes out; they are not among the others.") @Nullable
            Integer ignored,

            @JsonPropertyDescription("Sequences whose position could not be read.") @Nullable
            Integer unreadable,

            @JsonPropertyDescription("Columns whose stored ids could not be compared with their sequence.") @Nullable
            Integer notChecked,

            @JsonPropertyDescription("When the last inspection of this database ended.") @Nullable
            Instant lastInspectionTime,

            @JsonPropertyDescription("How long that inspection took, in milliseconds.") @Nullable
            Long durationMillis,

            @JsonPropertyDescription("Why the database could not be read, and what to do; absent where it was read.")
            @Nullable
            String error) {}

    /** A database that is not read although a pattern takes it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SetAsideStatus(
            @JsonPropertyDescription("Name of the database.") @Nullable
            String name,

            @JsonPropertyDescription("Why it is not read.") @Nullable
            String reason) {}

    /** One finding. Names are as they are in the catalog, unquoted; what does not apply is absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FindingStatus(
            @JsonPropertyDescription("Name of the check that found it.") @Nullable
            String check,

            @JsonPropertyDescription("Critical, Warning or Info.") @Nullable
            FindingSeverity severity,

            @JsonPropertyDescription("Database of the finding.") @Nullable
            String database,

            @JsonPropertyDescription("Schema of the sequence.") @Nullable
            String schema,

            @JsonPropertyDescription("Name of the sequence.") @Nullable
            String sequence,

            @JsonPropertyDescription("Table with its schema.") @Nullable
            String table,

            @JsonPropertyDescription("Column of the table.") @Nullable
            String column,

            @JsonPropertyDescription("Role that the finding is about.") @Nullable
            String role,

            @JsonPropertyDescription("What breaks, when and why.") @Nullable
            String message,

            @JsonPropertyDescription(
                    "SQL for psql that makes the finding disappear, to be run as the owner of the objects. Absent where"
                            + " a person must decide; the message then says what.")
            @Nullable
            String remedy,

            @JsonPropertyDescription(
                    "When an inspection first found it; absent where this list had no room for it then.")
            @Nullable
            Instant since,

            @JsonPropertyDescription(
                    "Since when inspections cannot judge whether it is still there; absent where the last one found it.")
            @Nullable
            Instant staleSince,

            @JsonPropertyDescription("Why the last inspection could not judge it; absent where it found it.") @Nullable
            String staleReason) {
        /** The same finding with other texts and times. */
        public FindingStatus with(
                @Nullable String otherMessage,
                @Nullable String otherRemedy,
                @Nullable Instant otherSince,
                @Nullable Instant otherStaleSince,
                @Nullable String otherReason) {
            return new FindingStatus(
                    check,
                    severity,
                    database,
                    schema,
                    sequence,
                    table,
                    column,
                    role,
                    otherMessage,
                    otherRemedy,
                    otherSince,
                    otherStaleSince,
                    otherReason);
        }
    }

    /** What the server is in its replication group. */
    public enum ServerRole {
        Primary,
        Standby
    }

    /** How bad a finding is, worst first. */
    public enum FindingSeverity {
        Critical,
        Warning,
        Info
    }

    /** A sequence at an instant. */
    public record PositionSample(
            @JsonPropertyDescription("Database of the sequence.")
            String database,

            @JsonPropertyDescription("Schema of the sequence.")
            String schema,

            @JsonPropertyDescription("Name of the sequence.")
            String sequence,

            @JsonPropertyDescription("When it stood there.") Instant time,

            @JsonPropertyDescription(
                    "What its next call would have given; text, because bigint values do not fit a JSON number.")
            String value) {}
}
