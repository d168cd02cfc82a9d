package dev.seqwatch.api.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A value that a column must not pass for a reason that PostgreSQL does not know of. */
@ValidationRule(
        value = "self.column.matches(r'" + Rules.COLUMN_NAME + "')",
        fieldPath = ".column",
        message = Rules.COLUMN_NAME_MESSAGE,
        messageExpression = "'\"' + self.column + r'\": " + Rules.COLUMN_NAME_MESSAGE + "'")
@ValidationRule(
        value = "self.max.matches(r'" + Rules.BIGINT + "') && (self.max.startsWith('-')"
                + " ? size(self.max) < 20 || self.max <= '" + Long.MIN_VALUE + "'"
                + " : size(self.max) < 19 || self.max <= '" + Long.MAX_VALUE + "')",
        fieldPath = ".max",
        message = Rules.BIGINT_MESSAGE,
        messageExpression = "'\"' + self.max + '\": " + Rules.BIGINT_MESSAGE + "'")
public record LimitSpec(
        @Required
        @JsonPropertyDescription(
                "Column as database.schema.table.column: one that a sequence feeds, or one that references it through"
                        + " foreign keys. Names are written as the catalog holds them; one with a dot or a quote in it is"
                        + " written in double quotes, a quote in it twice: shop.public.\"odd.name\".id.")
        @Size(max = Rules.NAME_MAX_LENGTH)
        String column,

        @Required
        @JsonPropertyDescription(
                "The last value that is wanted there, as a string of digits: the highest, or the lowest where the"
                        + " sequence descends. JavaScript, for one, is exact up to 9007199254740991.")
        @Size(max = 20)
        String max,

        @JsonPropertyDescription("Why; every finding that this limit causes repeats it.")
        @Size(max = Rules.REASON_MAX_LENGTH)
        String reason) {
    public LimitSpec {
        column = requireNonNullElse(column, "");
        max = requireNonNullElse(max, "");
        reason = requireNonNullElse(reason, "");
    }
}
