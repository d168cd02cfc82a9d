package dev.seqwatch.picture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.seqwatch.deploy.Dashboard;
import java.util.regex.Pattern;

/** How a panel shows the values of one name: its defaults, and the overrides that match. */
record Field(JsonNode panel, String name) {
    String shown(double value) {
        var mapping = mapping(Unit.shown("none", value, Unit.AUTO));
        return mapping.has("text")
                ? mapping.path("text").asText()
                : Unit.shown(
                        property("unit").asText("none"),
                        value,
                        property("decimals").asInt(Unit.AUTO));
    }

    String shown(String text) {
        return mapping(text).path("text").asText(text);
    }

    /** Of a value: the mapping's, else the threshold's that it has reached, unless one colour is fixed. */
    String colour(double value) {
        var mapped = mapping(Unit.shown("none", value, Unit.AUTO)).path("color");
        if (mapped.isTextual()) {
            return Theme.named(mapped.asText());
        }
        if (property("color").path("mode").asText().equals("fixed")) {
            return Theme.named(property("color").path("fixedColor").asText());
        }
        var colour = Theme.TEXT;
        for (var step : property("thresholds").path("steps")) {
            if (step.path("value").isNull() || value >= step.path("value").asDouble()) {
                colour = Theme.named(step.path("color").asText());
            }
        }
        return colour;
    }

    String colour(String text) {
        var mapped = mapping(text).path("color");
        return mapped.isTextual() ? Theme.named(mapped.asText()) : Theme.TEXT;
    }

    /** Of a line, which takes it from the palette unless it is fixed. */
    String colourOfLine(int number) {
        var colour = property("color");
        return colour.path("mode").asText().equals("fixed")
                ? Theme.named(colour.path("fixedColor").asText())
                : Theme.ofLine(number);
    }

    /** Missing where neither an override nor a default has it. */
    JsonNode property(String id) {
        return Dashboard.stream(panel.at("/fieldConfig/overrides"))
                .filter(override -> matches(override.path("matcher")))
                .flatMap(override -> Dashboard.stream(override.path("properties")))
                .filter(property -> property.path("id").asText().equals(id))
                .map(property -> property.path("value"))
                .reduce((_, last) -> last)
                .orElseGet(() -> panel.at("/fieldConfig/defaults/" + id.replace('.', '/')));
    }

    private boolean matches(JsonNode matcher) {
        var options = matcher.path("options").asText();
        var kind = matcher.path("id").asText();
        return switch (kind) {
            case "byName" -> options.equals(name);
            case "byRegexp" ->
                Pattern.compile(options.substring(1, options.length() - 1))
                        .matcher(name)
                        .find();
            default -> throw new IllegalStateException("an override by " + kind + " is not known here");
        };
    }

    private JsonNode mapping(String value) {
        return Dashboard.stream(property("mappings"))
                .map(mapping -> mapping.path("options").path(value))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
