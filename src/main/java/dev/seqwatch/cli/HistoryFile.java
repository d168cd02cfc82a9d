package dev.seqwatch.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.seqwatch.check.DatabaseHistory;
import dev.seqwatch.check.PositionHistory;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.model.RelationName;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** In one step, so that a run that is ended leaves the old file. */
    void write(List<Inspection> inspections) throws UsageException {
        var looked = inspections.stream().map(Inspection::database).collect(Collectors.toSet());
        var sequences = new ArrayList<>(sequences());
        sequences.removeIf(sequence -> sequence.server().equals(server) && looked.contains(sequence.database()));
        for (var inspection : inspections) {
            inspection.history().tracks().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> sequence(inspection.database(), entry.getKey(), entry.getValue()))
                    .forEach(sequences::add);
        }
        try {
            var whole = path.toAbsolutePath();
            var beside = Files.createTempFile(whole.getParent(), ".seqwatch-", ".json");
            JSON.writeValue(beside.toFile(), new File(sequences));
            Files.move(beside, whole, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UsageException(path + " cannot be written: check that its folder exists and its rights.");
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
