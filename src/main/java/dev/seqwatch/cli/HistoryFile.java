package dev.seqwatch.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.PositionHistory;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.model.RelationName;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Samples of positions in a file, so that runs of cron can tell a rate: JSON, one object a sequence. Runs for several
 * servers may share a file: each leaves the others' samples alone.
 *
 * @param server address of the server that this run looks at
 */
record HistoryFile(Path path, String server) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private record File(
            @JsonProperty("sequences") @JsonSetter(contentNulls = Nulls.FAIL)
            List<UsageTrend> sequences) {}

    private record UsageTrend(
            @JsonProperty("server") String server,
            @JsonProperty("database") String database,
            @JsonProperty("schema") String schema,
            @JsonProperty("sequence") String sequence,

            @JsonProperty("samples") @JsonSetter(contentNulls = Nulls.FAIL)
            List<Sample> samples) {
        RelationName name() {
            return new RelationName(schema, sequence);
        }

        PositionHistory track() {
            var track = PositionHistory.EMPTY;
            for (var sample : samples) {
                track = track.with(
                        new PositionHistory.Sample(Instant.parse(sample.time()), new BigInteger(sample.next())));
            }
            return track;
        }
    }

    private record Sample(
            @JsonProperty("time") String time,
            @JsonProperty("next") String next) {}

    /** Empty where the file does not exist yet. */
    ServerHistory read() throws UsageException {
        try {
            var tracks = new HashMap<String, Map<RelationName, PositionHistory>>();
            for (var sequence : sequences()) {
                if (sequence.server().equals(server)) {
                    tracks.computeIfAbsent(sequence.database(), _ -> new HashMap<>())
                            .put(sequence.name(), sequence.track());
                }
            }
            return new ServerHistory(tracks.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> new DatabaseHistory(entry.getValue()))));
        } catch (DateTimeException | NumberFormatException e) {
            throw foreign();
        }
    }

    /**
     * In one step, so that a run that is ended leaves the old file, and one run at a time, so that none loses what another
     * has written since. The lock has a file of its own, because the history is a new file each time.
     */
    void write(List<Inspection> inspections) throws UsageException {
        try {
            var whole = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            var lock = whole.resolveSibling(whole.getFileName() + ".lock");
            synchronized (HistoryFile.class) {
                try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var held = channel.lock()) {
                    if (held.isValid()) {
                        replace(whole, new File(merged(inspections)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UsageException(
                    path + " cannot be written: check that its folder exists and its rights (" + e.getMessage() + ").");
        }
    }

    private List<UsageTrend> merged(List<Inspection> inspections) throws UsageException {
        var looked = inspections.stream().map(Inspection::database).collect(Collectors.toSet());
        var sequences = new ArrayList<>(sequences());
        sequences.removeIf(sequence -> sequence.server().equals(server) && looked.contains(sequence.database()));
        for (var inspection : inspections) {
            inspection.history().tracks().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> sequence(inspection.database(), entry.getKey(), entry.getValue()))
                    .forEach(sequences::add);
        }
        return sequences;
    }

    /** Keeps the mode of the old file. */
    private static void replace(Path whole, File content) throws IOException {
        var beside = whole.resolveSibling(".seqwatch-" + UUID.randomUUID() + ".json");
        try {
            Files.createFile(beside);
            if (Files.exists(whole)) {
                var mode = Files.getFileAttributeView(whole, PosixFileAttributeView.class);
                if (mode != null) {
                    Files.setPosixFilePermissions(beside, mode.readAttributes().permissions());
                }
            }
            JSON.writeValue(beside.toFile(), content);
            Files.move(beside, whole, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private List<UsageTrend> sequences() throws UsageException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try {
            @Nullable File file = JSON.readValue(path.toFile(), File.class);
            if (file == null) {
                throw foreign();
            }
            return file.sequences();
        } catch (JsonProcessingException e) {
            throw foreign();
        } catch (IOException e) {
            throw new UsageException(path + " cannot be read: check its rights.");
        }
    }

    private UsageException foreign() {
        return new UsageException(path + " is no history of seqwatch: name another file, or remove this one.");
    }

    private UsageTrend sequence(String database, RelationName name, PositionHistory track) {
        return new UsageTrend(
                server,
                database,
                name.schema(),
                name.name(),
                track.samples().stream()
                        .map(sample ->
                                new Sample(sample.at().toString(), sample.next().toString()))
                        .toList());
    }
}
