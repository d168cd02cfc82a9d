package dev.seqwatch.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.seqwatch.cluster.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One object as it would be applied. */
record Manifest(ObjectNode object) {
    private static final YAMLMapper YAML = new YAMLMapper();
    static final String CHART = "deploy/helm/seqwatch";
    static final String NAMESPACE = "seqwatch-system";
    static final String KUBERNETES = "1.28.0"; // the oldest that is supported

    /** As {@code kubectl apply -k deploy/FOLDER} would apply them. */
    static List<Manifest> kustomize(String folder) {
        return parse(Program.KUBECTL.expect("kustomize", "deploy/" + folder));
    }

    /** As {@code helm install seqwatch} would apply them. */
    static List<Manifest> helm(String... arguments) {
        return parse(Program.HELM.expect(Stream.concat(
                        Stream.of(
                                "template",
                                "seqwatch",
                                CHART,
                                "--namespace=" + NAMESPACE,
                                "--kube-version=" + KUBERNETES),
                        Stream.of(arguments))
                .toList()));
    }

    static List<Manifest> file(String path) {
        return parse(text(path));
    }

    static String text(String path) {
        try {
            return Files.readString(Tools.project().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(String folder, String suffix) {
        try (var files = Files.walk(Tools.project().resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Manifest> parse(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            var manifests = new ArrayList<Manifest>();
            while (documents.hasNext()) {
                if (documents.next() instanceof ObjectNode object && !object.isEmpty()) {
                    manifests.add(new Manifest(object));
                }
            }
            return manifests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifest only(List<Manifest> manifests, String kind, String name) {
        var found = manifests.stream()
                .filter(each -> each.kind().equals(kind) && each.name().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects " + kind + " " + name);
        }
        return found.getFirst();
    }

    String kind() {
        return object.path("kind").asText();
    }

    String name() {
        return at("/metadata/name").asText();
    }

    String namespace() {
        return at("/metadata/namespace").asText();
    }

    JsonNode at(String pointer) {
        return object.at(pointer);
    }

    String yaml() {
        try {
            return YAML.writeValueAsString(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kind, namespace and name. */
    @Override
    public String toString() {
        return kind() + " " + namespace() + "/" + name();
    }
}
