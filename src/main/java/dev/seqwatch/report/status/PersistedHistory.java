package dev.seqwatch.report.status;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.seqwatch.api.v1alpha1.CheckSetting;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.PositionSample;
import dev.seqwatch.check.Finding;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.forecast.PositionHistory;
import dev.seqwatch.inspection.EarlierFinding;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A few samples of the sequences past half of their range, and of those whose end is forecast, kept in the resource: a
 * forecast outlives a restart and a change of leader, and so do the findings that the status lists.
 */
public final class PersistedHistory {
    private static final int PER_SEQUENCE = 4;
    private static final int HALF = 50;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}");

    private PersistedHistory() {}

    /**
     * Those with a forecast first, then the most used, as far as there is room; of a database that could not be read,
     * those before.
     */
    static List<PositionSample> of(List<Inspection> inspections, List<PositionSample> previous) {
        var unread = FindingList.unread(inspections);
        var kept = previous.stream().filter(sample -> unread.contains(sample.database()));
        return Stream.concat(
                        kept,
                        inspections.stream()
                                .flatMap(PersistedHistory::worthKeeping)
                                .sorted(Comparator.comparingDouble(Used::rank).reversed())
                                .limit(SequenceMonitorStatus.MAX_SAMPLES / PER_SEQUENCE)
                                .flatMap(used -> Downsampler.of(used.track().samples(), PER_SEQUENCE).samples().stream()
                                        .map(sample -> new PositionSample(
                                                used.database(),
                                                used.sequence().schema(),
                                                used.sequence().name(),
                                                sample.at().truncatedTo(ChronoUnit.SECONDS),
                                                sample.next().toString()))))
                .limit(SequenceMonitorStatus.MAX_SAMPLES)
                .toList();
    }

    public static ServerHistory read(@Nullable SequenceMonitorStatus status) {
        var tracks = new HashMap<String, Map<RelationName, PositionHistory>>();
        if (status != null) {
            status.samples().stream()
                    .filter(PersistedHistory::readable)
                    .sorted(Comparator.comparing(PositionSample::time))
                    .forEach(sample -> tracks.computeIfAbsent(sample.database(), _ -> new HashMap<>())
                            .merge(
                                    new RelationName(sample.schema(), sample.sequence()),
                                    PositionHistory.EMPTY.with(value(sample)),
                                    (track, _) -> track.with(value(sample))));
        }
        var histories = new HashMap<String, DatabaseHistory>();
        tracks.forEach((database, ofDatabase) ->
                histories.put(database, new DatabaseHistory(ofDatabase, identity(status, database))));
        return new ServerHistory(histories, findings(status));
    }

    private static @Nullable String identity(@Nullable SequenceMonitorStatus status, String database) {
        return status == null
                ? null
                : status.databases().stream()
                        .filter(each -> database.equals(each.name()))
                        .map(SequenceMonitorStatus.DatabaseStatus::identity)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /** Findings that the status lists, by database. */
    public static Map<String, List<EarlierFinding>> findings(@Nullable SequenceMonitorStatus status) {
        return status == null
                ? Map.of()
                : status.findings().stream()
                        .flatMap(finding -> FindingList.read(finding).stream())
                        .collect(groupingBy(
                                FindingList.Restored::database, mapping(FindingList.Restored::finding, toList())));
    }

    /** @param ending whether a finding says when it ends */
    private record Used(String database, RelationName sequence, boolean ending, double ratio, PositionHistory track) {
        double rank() {
            return ending ? 1 + ratio : ratio;
        }
    }

    private static Stream<Used> worthKeeping(Inspection inspection) {
        return switch (inspection.reading()) {
            case ReadResult.Success(var state) -> {
                var ending = ending(inspection);
                yield state.sequences().stream()
                        .flatMap(watched -> used(inspection, watched, ending.contains(watched.name())));
            }
            case ReadResult.Unreachable _ -> Stream.empty();
        };
    }

    private static Set<RelationName> ending(Inspection inspection) {
        return inspection
                .reported()
                .filter(finding -> finding.check().equals(CheckSetting.CheckName.ExhaustionForecast.name()))
                .map(Finding::subject)
                .map(subject -> new RelationName(String.valueOf(subject.schema()), String.valueOf(subject.sequence())))
                .collect(toSet());
    }

    private static Stream<Used> used(Inspection inspection, WatchedSequence watched, boolean ending) {
        var track = inspection.history().of(watched.name());
        return switch (watched.headroom()) {
            case Headroom.Finite finite ->
                ending || finite.usedAtLeast(HALF)
                        ? Stream.of(new Used(inspection.database(), watched.name(), ending, finite.usedRatio(), track))
                        : Stream.empty();
            case Headroom.Unknown _ ->
                ending ? Stream.of(new Used(inspection.database(), watched.name(), true, 0, track)) : Stream.empty();
            case Headroom.Endless _ -> Stream.empty();
        };
    }

    /** Others may write a status, too. */
    private static boolean readable(PositionSample sample) {
        return Stream.of(sample.database(), sample.schema(), sample.sequence(), sample.time(), sample.value())
                        .noneMatch(Objects::isNull)
                && NUMBER.matcher(sample.value()).matches();
    }

    private static PositionHistory.Sample value(PositionSample sample) {
        return new PositionHistory.Sample(sample.time(), new BigInteger(sample.value()));
    }
}
