package dev.seqwatch.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** The spec of the one SequenceMonitor in a YAML file; other documents of the file are passed by. */
final class MonitorFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private MonitorFile() {}

    static SequenceMonitorSpec read(Path file) throws UsageException {
        var monitors = new ArrayList<JsonNode>();
        try (var parser = YAML.createParser(Files.readString(file))) {
            var documents = YAML.readValues(parser, JsonNode.class);
            while (documents.hasNextValue()) {
                var document = documents.nextValue();
                if (document.path("kind").asText().equals("SequenceMonitor")) {
                    monitors.add(document);
                }
            }
        } catch (JsonProcessingException e) {
            throw new UsageException("%s is no YAML: %s".formatted(file, oneLine(e)));
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: check its name and that it is a readable text file.");
        }
        if (monitors.size() != 1) {
            throw new UsageException(
                    "%s holds %s SequenceMonitors: give a file with one.".formatted(file, monitors.size()));
        }
        return spec(file, monitors.getFirst());
    }

    private static SequenceMonitorSpec spec(Path file, JsonNode monitor) throws UsageException {
        var version = monitor.path("apiVersion").asText();
        if (!version.equals("seqwatch.dev/v1alpha1")) {
            throw new UsageException(
                    "%s: apiVersion \"%s\" is not known: write seqwatch.dev/v1alpha1.".formatted(file, version));
        }
        if (!monitor.path("spec").isObject()) {
            throw new UsageException(file + ": spec is missing: see the README for what it holds.");
        }
        try {
            return YAML.treeToValue(monitor.path("spec"), SequenceMonitorSpec.class);
        } catch (UnrecognizedPropertyException e) {
            throw new UsageException("%s: %s is no field of a SequenceMonitor; known there: %s."
                    .formatted(
                            file,
                            path(e),
                            e.getKnownPropertyIds().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", "))));
        } catch (InvalidFormatException e) {
            throw new UsageException("%s: %s is \"%s\": write %s.".formatted(file, path(e), e.getValue(), wanted(e)));
        } catch (MismatchedInputException e) {
            var kind = e.getTargetType().isEnum()
                    ? "no text; YAML reads a bare Off as false, so put it in quotes"
                    : "of another kind";
            throw new UsageException("%s: %s is %s: write %s.".formatted(file, path(e), kind, wanted(e)));
        } catch (JsonMappingException e) {
            throw new UsageException("%s: %s: %s".formatted(file, path(e), oneLine(e)));
        } catch (JsonProcessingException e) {
            throw new UsageException("%s: %s".formatted(file, oneLine(e)));
        }
    }

    private static String wanted(MismatchedInputException e) {
        var type = e.getTargetType();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> YAML.convertValue(value, String.class))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type.isRecord()) {
            return Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getName)
                    .collect(Collectors.joining(", ", "an object with the fields ", ""));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return switch (type.getSimpleName()) {
            case "Integer" -> "a whole number";
            case "boolean" -> "true or false";
            default -> "a text";
        };
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining("", "spec", ""));
    }

    private static String oneLine(JsonProcessingException e) {
        var where = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
        return e.getOriginalMessage().lines().findFirst().orElse("not understood") + where;
    }
}
