package dev.seqwatch.api.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Names of databases or schemas, taken by patterns; {@code config.Globs} gives them their meaning. */
@ValidationRule(
        value = "self.include.all(pattern, pattern.matches(r'" + Rules.GLOB + "'))",
        fieldPath = ".include",
        message = Rules.GLOB_MESSAGE,
        messageExpression = "'\"' + self.include.filter(pattern, !pattern.matches(r'" + Rules.GLOB + "'))[0] + r'\": "
                + Rules.GLOB_MESSAGE + "'")
@ValidationRule(
        value = "!has(self.exclude) || self.exclude.all(pattern, pattern.matches(r'" + Rules.GLOB + "'))",
        fieldPath = ".exclude",
        message = Rules.GLOB_MESSAGE,
        messageExpression = "'\"' + self.exclude.filter(pattern, !pattern.matches(r'" + Rules.GLOB + "'))[0] + r'\": "
                + Rules.GLOB_MESSAGE + "'")
public record Selection(
        @JsonPropertyDescription(
                "Patterns of names to watch; all names by default. * matches any text, ? for any one character; upper and"
                        + " lower case differ.")
        @Default("[\"" + EVERYTHING + "\"]")
        @Size(max = Rules.GLOBS_MAX)
        List<@Size(max = Rules.GLOB_MAX_LENGTH) String> include,

        @JsonPropertyDescription("Patterns of names to leave out, also where include takes them.")
        @Size(max = Rules.GLOBS_MAX)
        List<@Size(max = Rules.GLOB_MAX_LENGTH) String> exclude) {
    static final String EVERYTHING = "*";
    public static final Selection ALL = new Selection(List.of(EVERYTHING), List.of());

    public Selection {
        include = List.copyOf(requireNonNullElse(include, List.of(EVERYTHING)));
        exclude = List.copyOf(requireNonNullElse(exclude, List.of()));
    }
}
