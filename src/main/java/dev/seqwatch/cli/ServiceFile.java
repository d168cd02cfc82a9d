package dev.seqwatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connection service file (manual, section 32.17): named groups of connection parameters. */
final class ServiceFile {
    private ServiceFile() {}

    /**
     * The parameters of a service: from PGSERVICEFILE or {@code ~/.pg_service.conf}, else from {@code pg_service.conf} in
     * PGSYSCONFDIR.
     *
     * @throws UsageException where no file has the service, or a file cannot be used
     */
    static Map<String, String> parameters(String service, Environment environment) throws UsageException {
        var own = environment.get("PGSERVICEFILE").map(Path::of).orElseGet(() -> environment.home(".pg_service.conf"));
        var found = read(own, service);
        var folder = environment.get("PGSYSCONFDIR");
        if (found.isEmpty() && folder.isPresent()) {
            found = read(Path.of(folder.get(), "pg_service.conf"), service);
        }
        return found.orElseThrow(() -> new UsageException("The service \"" + service
                + "\" is in no service file: add it to " + own + ", or name the file in PGSERVICEFILE."));
    }

    private static Optional<Map<String, String>> read(Path file, String service) throws UsageException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UsageException("The service file " + file + " cannot be read.");
        }
        var parameters = new LinkedHashMap<String, String>();
        var inside = false;
        var found = false;
        for (var number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                inside = line.equals("[" + service + "]");
                found = found || inside;
            } else if (inside) {
                var equals = line.indexOf('=');
                if (equals < 0) {
                    throw new UsageException(
                            "Line " + number + " of the service file " + file + " is no keyword=value.");
                }
                parameters.putIfAbsent(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return found ? Optional.of(parameters) : Optional.empty();
    }
}
