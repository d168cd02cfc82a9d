package dev.seqwatch.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingSeverity;
import org.jspecify.annotations.Nullable;

/** A finding that spec.ignore takes out. Names are as they are in the catalog, unquoted; what does not apply is absent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IgnoredStatus(
        @JsonPropertyDescription("Name of the check that found it.") @Nullable
        String check,

        @JsonPropertyDescription("Critical, Warning or Info, were it not ignored.") @Nullable
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

        @JsonPropertyDescription("Why it is ignored, as spec.ignore says.") @Nullable
        String reason,

        @JsonPropertyDescription("Last day on which it is ignored, in UTC; absent where there is none.") @Nullable
        String until) {}
