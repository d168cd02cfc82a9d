package dev.seqwatch.api.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Findings that somebody has decided to live with, for a reason, and perhaps for a time. */
@ValidationRule(
        value = "self.objects.all(pattern, pattern.matches(r'" + Rules.GLOB + "'))",
        fieldPath = ".objects",
        message = Rules.GLOB_MESSAGE,
        messageExpression = "'\"' + self.objects.filter(pattern, !pattern.matches(r'" + Rules.GLOB + "'))[0] + r'\": "
                + Rules.GLOB_MESSAGE + "'")
@ValidationRule(
        value = "self.checks.all(pattern, pattern.matches(r'" + Rules.GLOB + "'))",
        fieldPath = ".checks",
        message = Rules.GLOB_MESSAGE,
        messageExpression = "'\"' + self.checks.filter(pattern, !pattern.matches(r'" + Rules.GLOB + "'))[0] + r'\": "
                + Rules.GLOB_MESSAGE + "'")
@ValidationRule(value = "self.reason.trim() != ''", fieldPath = ".reason", message = Rules.IGNORE_REASON_MESSAGE)
public record IgnoreSpec(
        @Required
        @JsonPropertyDescription(
                "Patterns of what the findings are about: database.schema.sequence, database.schema.table or"
                        + " database.schema.table.column, unquoted. A finding about neither sequence nor table goes by"
                        + " database.schema, database.role or database. * matches any text, dots included, and ? for"
                        + " any one character; upper and lower case differ. *.legacy.* takes what is in a schema legacy.")
        @Size(min = 1, max = Rules.GLOBS_MAX)
        List<@Size(max = Rules.OBJECT_GLOB_MAX_LENGTH) String> objects,

        @JsonPropertyDescription("Patterns of names of checks, as docs/checks.md lists them; all by default.")
        @Default("[\"" + Selection.EVERYTHING + "\"]")
        @Size(min = 1, max = Rules.CHECKS_MAX)
        List<@Size(max = Rules.GLOB_MAX_LENGTH) String> checks,

        @Required
        @JsonPropertyDescription("The reason, for those who ask later. It is shown with each finding that is ignored.")
        @Size(max = Rules.REASON_MAX_LENGTH)
        String reason,

        @JsonPropertyDescription(
                "Last day on which they are ignored, in UTC, such as 2027-03-31; from the next day on they are reported"
                        + " again. Without it they are ignored without an end.")
        @Nullable
        String until) {
    public IgnoreSpec {
        objects = List.copyOf(requireNonNullElse(objects, List.of()));
        checks = List.copyOf(requireNonNullElse(checks, List.of(Selection.EVERYTHING)));
        reason = requireNonNullElse(reason, "");
    }
}
