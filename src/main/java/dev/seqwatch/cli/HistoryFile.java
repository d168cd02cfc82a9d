package dev.seqwatch.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.PositionHistory;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.model.ColumnName;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Samples of positions, and of the largest ids of columns, in a file, so that runs of cron can tell a rate: JSON, one object
 * a sequence or column. Runs for several
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
            List<UsageTrend> sequences,

            @JsonProperty("columns") @JsonSetter(contentNulls = Nulls.FAIL)
            List<ColumnTrend> columns) {}

    private record ColumnTrend(
            @JsonProperty("server") String server,
            @JsonProperty("database") String database,
            @JsonProperty("schema") String schema,
            @JsonProperty("table") String table,
            @JsonProperty("column") String column,

            @JsonProperty("samples") @JsonSetter(contentNulls = Nulls.FAIL)
            List<Sample> samples) {
        ColumnName name() {
            return new RelationName(schema, table).column(column);
        }
    }

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
    }

    private record Sample(
            @JsonProperty("time") String time,
            @JsonProperty("next") String next) {}

    /** Empty where the file does not exist yet. */
    ServerHistory read() throws UsageException {
        try {
            var tracks = new HashMap<String, Map<RelationName, PositionHistory>>();
            var columns = new HashMap<String, Map<ColumnName, PositionHistory>>();
            var file = file();
            for (var sequence : file.sequences()) {
                if (sequence.server().equals(server)) {
                    tracks.computeIfAbsent(sequence.database(), _ -> new HashMap<>())
                            .put(sequence.name(), track(sequence.samples()));
                }
            }
            for (var column : file.columns()) {
                if (column.server().equals(server)) {
                    columns.computeIfAbsent(column.database(), _ -> new HashMap<>())
                            .put(column.name(), track(column.samples()));
                }
            }
            return new ServerHistory(Stream.of(tracks.keySet(), columns.keySet())
                    .flatMap(Set::stream)
                    .distinct()
                    .collect(Collectors.toMap(
                            Function.identity(),
                            database -> new DatabaseHistory(
                                    tracks.getOrDefault(database, Map.of()),
                                    columns.getOrDefault(database, Map.of()),
                                    null))));
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
                        replace(whole, merged(inspections));
                    }
                }
            }
        } catch (IOException e) {
            throw new UsageException(
                    path + " cannot be written: check that its folder exists and its rights (" + e.getMessage() + ").");
        }
    }

    private File merged(List<Inspection> inspections) throws UsageException {
        var looked = inspections.stream().map(Inspection::database).collect(Collectors.toSet());
        var file = file();
        var sequences = new ArrayList<>(file.sequences());
        var columns = new ArrayList<>(file.columns());
        sequences.removeIf(sequence -> sequence.server().equals(server) && looked.contains(sequence.database()));
        columns.removeIf(column -> column.server().equals(server) && looked.contains(column.database()));
        for (var inspection : inspections) {
            inspection.history().tracks().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> sequence(inspection.database(), entry.getKey(), entry.getValue()))
                    .forEach(sequences::add);
            inspection.history().columns().entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                    .map(entry -> column(inspection.database(), entry.getKey(), entry.getValue()))
                    .forEach(columns::add);
        }
        return new File(sequences, columns);
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

    private File file() throws UsageException {
        if (!Files.exists(path)) {
            return new File(List.of(), List.of());
        }
        try {
            if (!(JSON.readTree(path.toFile()) instanceof ObjectNode content)) {
                throw foreign();
            }
            if (!content.has("columns")) { // written by an earlier version
                content.putArray("columns");
            }
            return JSON.treeToValue(content, File.class);
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
        return new UsageTrend(server, database, name.schema(), name.name(), samples(track));
    }

    private ColumnTrend column(String database, ColumnName name, PositionHistory track) {
        return new ColumnTrend(
                server, database, name.table().schema(), name.table().name(), name.column(), samples(track));
    }

    private static List<Sample> samples(PositionHistory track) {
        return track.samples().stream()
                .map(sample -> new Sample(sample.at().toString(), sample.next().toString()))
                .toList();
    }

    private static PositionHistory track(List<Sample> samples) {
        var track = PositionHistory.EMPTY;
        for (var sample : samples) {
            track = track.with(new PositionHistory.Sample(Instant.parse(sample.time()), new BigInteger(sample.next())));
        }
        return track;
    }
}
