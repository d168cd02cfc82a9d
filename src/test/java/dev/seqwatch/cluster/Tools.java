package dev.seqwatch.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds what {@code tools/build} built or fetched. */
public final class Tools {
    private Tools() {}

    /** The project's folder: where the build runs, or the current one. */
    public static Path project() {
        return Path.of(System.getProperty("seqwatch.basedir", "")).toAbsolutePath();
    }

    /** The program of that name; the system property {@code seqwatch.tools} comes before the environment and the build. */
    public static Path find(String name) {
        return Stream.of(System.getProperty("seqwatch.tools"), System.getenv("KUBEBUILDER_ASSETS"))
                .filter(Objects::nonNull)
                .map(Path::of)
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> built("bin", name));
    }

    /** The folder with another project's custom resource definitions. */
    public static Path definitions(String project) {
        return built("definitions", project);
    }

    private static Path built(String kind, String name) {
        var file = project().resolve("target/tools").resolve(kind).resolve(name);
        if (!Files.isExecutable(file)) {
            throw new ClusterFailure("%s is not there: run `make tools`".formatted(name));
        }
        return file;
    }
}
