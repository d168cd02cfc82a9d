package dev.seqwatch.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.seqwatch.check.History;
import dev.seqwatch.check.Track;
import dev.seqwatch.inspection.Histories;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.sequence.RelationName;
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

/** Samples of positions in a file, so that runs of cron can tell a rate: JSON, one object a sample. */
record HistoryFile(Path path) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Line(
            @JsonProperty("database") String database,
            @JsonProperty("schema") String schema,
            @JsonProperty("sequence") String sequence,
            @JsonProperty("time") String time,
            @JsonProperty("next") String next) {}

    /** Empty where the file does not exist yet. */
    Histories read() throws UsageProblem {
        if (!Files.exists(path)) {
            return Histories.NONE;
        }
        try {
            var tracks = new HashMap<String, Map<RelationName, Track>>();
            for (var line : JSON.readValue(path.toFile(), Line[].class)) {
                var sample = new Track.Sample(Instant.parse(line.time()), new BigInteger(line.next()));
                tracks.computeIfAbsent(line.database(), _ -> new HashMap<>())
                        .merge(
                                new RelationName(line.schema(), line.sequence()),
                                Track.EMPTY.with(sample),
                                (track, _) -> track.with(sample));
            }
            var histories = new HashMap<String, History>();
            tracks.forEach((database, ofDatabase) -> histories.put(database, new History(ofDatabase)));
            return new Histories(histories);
        } catch (JsonProcessingException | DateTimeException | NumberFormatException | NullPointerException e) {
            throw new UsageProblem(path + " is no history of seqwatch: name another file, or remove this one.");
        } catch (IOException e) {
            throw new UsageProblem(path + " cannot be read: check its rights.");
        }
    }

    /** In one step, so that a run that is ended leaves the old file. */
    void write(List<Inspection> inspections) throws UsageProblem {
        var lines = new ArrayList<Line>();
        for (var inspection : inspections) {
            inspection.history().tracks().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> entry.getValue()
                            .samples()
                            .forEach(sample -> lines.add(new Line(
                                    inspection.database(),
                                    entry.getKey().schema(),
                                    entry.getKey().name(),
                                    sample.at().toString(),
                                    sample.next().toString()))));
        }
        try {
            var whole = path.toAbsolutePath();
            var beside = Files.createTempFile(whole.getParent(), ".seqwatch-", ".json");
            JSON.writeValue(beside.toFile(), lines);
            Files.move(beside, whole, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UsageProblem(path + " cannot be written: check that its folder exists and its rights.");
        }
    }
}
