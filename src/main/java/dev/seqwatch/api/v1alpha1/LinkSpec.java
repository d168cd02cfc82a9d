package dev.seqwatch.api.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A column whose ids an application takes from a sequence by itself, so that no default shows it. */
@ValidationRule(
        value = "self.sequence.matches(r'" + Rules.RELATION_NAME + "')",
        fieldPath = ".sequence",
        message = Rules.RELATION_NAME_MESSAGE,
        messageExpression = "'\"' + self.sequence + r'\": " + Rules.RELATION_NAME_MESSAGE + "'")
@ValidationRule(
        value = "self.column.matches(r'" + Rules.COLUMN_NAME + "')",
        fieldPath = ".column",
        message = Rules.COLUMN_NAME_MESSAGE,
        messageExpression = "'\"' + self.column + r'\": " + Rules.COLUMN_NAME_MESSAGE + "'")
@ValidationRule(
        value = "!self.sequence.matches(r'" + Rules.RELATION_NAME + "') || !self.column.matches(r'" + Rules.COLUMN_NAME
                + "') || self.sequence.find(r'^" + Rules.NAME_PART + "').replace('\"', '') == self.column.find(r'^"
                + Rules.NAME_PART + "').replace('\"', '')",
        fieldPath = ".column",
        message = Rules.ONE_DATABASE_MESSAGE)
public record LinkSpec(
        @Required
        @JsonPropertyDescription(
                "Sequence as database.schema.sequence, e.g. shop.public.hibernate_sequence. Names are written as the catalog"
                        + " holds them; one with a dot or a quote in it is written in double quotes, a quote in it"
                        + " twice.")
        @Size(max = Rules.NAME_MAX_LENGTH)
        String sequence,

        @Required
        @JsonPropertyDescription(
                "Column of the same database that stores its values, as database.schema.table.column, e.g."
                        + " shop.public.orders.id.")
        @Size(max = Rules.NAME_MAX_LENGTH)
        String column,

        @Default("true")
        @JsonPropertyDescription(
                "Whether the column stores the sequence's values. false denies a link that Seqwatch would conclude from"
                        + " names and stored ids.")
        Boolean related) {
    public LinkSpec(String sequence, String column) {
        this(sequence, column, true);
    }

    public LinkSpec {
        related = requireNonNullElse(related, true);
        sequence = requireNonNullElse(sequence, "");
        column = requireNonNullElse(column, "");
    }
}
