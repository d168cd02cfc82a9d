package dev.seqwatch.report;

import static java.util.stream.Collectors.toSet;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.PositionSample;
import dev.seqwatch.catalog.Reading;
import dev.seqwatch.check.History;
import dev.seqwatch.check.Track;
import dev.seqwatch.inspection.Histories;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.sequence.Headroom;
import dev.seqwatch.sequence.RelationName;
import dev.seqwatch.sequence.WatchedSequence;
import java.math.BigInteger;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A few samples of the sequences past half of their range, kept in the resource: a forecast outlives a restart and a
 * change of leader.
 */
public final class StatusSamples {
    private static final int PER_SEQUENCE = 4;
    private static final int HALF = 50;

    private StatusSamples() {}

    /** The most used sequences first, as far as there is room; of a database that could not be read, those before. */
    static List<PositionSample> of(List<Inspection> inspections, List<PositionSample> previous) {
        var unread = inspections.stream()
                .filter(inspection -> inspection.reading() instanceof Reading.Unreachable)
                .map(Inspection::database)
                .collect(toSet());
        var kept = previous.stream().filter(sample -> unread.contains(sample.database()));
        return Stream.concat(
                        kept,
                        inspections.stream()
                                .flatMap(StatusSamples::pastHalf)
                                .sorted(Comparator.comparingDouble(Used::ratio).reversed())
                                .limit(SequenceMonitorStatus.MAX_SAMPLES / PER_SEQUENCE)
                                .flatMap(used -> few(used.track().samples()).stream()
                                        .map(sample -> new PositionSample(
                                                used.database(),
                                                used.sequence().schema(),
                                                used.sequence().name(),
                                                sample.at().truncatedTo(ChronoUnit.SECONDS),
                                                sample.next().toString()))))
                .limit(SequenceMonitorStatus.MAX_SAMPLES)
                .toList();
    }

    public static Histories read(@Nullable SequenceMonitorStatus status) {
        var tracks = new HashMap<String, Map<RelationName, Track>>();
        if (status != null) {
            status.samples().stream()
                    .sorted(Comparator.comparing(PositionSample::time))
                    .forEach(sample -> tracks.computeIfAbsent(sample.database(), _ -> new HashMap<>())
                            .merge(
                                    new RelationName(sample.schema(), sample.sequence()),
                                    Track.EMPTY.with(value(sample)),
                                    (track, _) -> track.with(value(sample))));
        }
        var histories = new HashMap<String, History>();
        tracks.forEach((database, ofDatabase) -> histories.put(database, new History(ofDatabase)));
        return new Histories(histories);
    }

    private record Used(String database, RelationName sequence, double ratio, Track track) {}

    private static Stream<Used> pastHalf(Inspection inspection) {
        return switch (inspection.reading()) {
            case Reading.Read(var snapshot) ->
                snapshot.sequences().stream().flatMap(watched -> used(inspection, watched));
            case Reading.Unreachable _ -> Stream.empty();
        };
    }

    private static Stream<Used> used(Inspection inspection, WatchedSequence watched) {
        return watched.headroom() instanceof Headroom.Finite finite && finite.usedAtLeast(HALF)
                ? Stream.of(new Used(
                        inspection.database(),
                        watched.name(),
                        finite.usedRatio(),
                        inspection.history().of(watched.name())))
                : Stream.empty();
    }

    private static List<Track.Sample> few(List<Track.Sample> samples) {
        if (samples.size() <= PER_SEQUENCE) {
            return samples;
        }
        var few = new ArrayList<Track.Sample>();
        for (var i = 0; i < PER_SEQUENCE; i++) {
            few.add(samples.get(i * (samples.size() - 1) / (PER_SEQUENCE - 1)));
        }
        return few;
    }

    private static Track.Sample value(PositionSample sample) {
        return new Track.Sample(sample.time(), new BigInteger(sample.value()));
    }
}
