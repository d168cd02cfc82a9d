package dev.seqwatch.report.status;

import dev.seqwatch.forecast.PositionHistory;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/** The few samples of a track that tell most of its shape: where a burst began and ended, where it was set back. */
record Downsampler(List<PositionHistory.Sample> samples) {
    /** Smaller bends than this part of the whole rise say less than an even spread over the time. */
    private static final double BEND = 0.05;

    Downsampler {
        samples = List.copyOf(samples);
    }

    /** As many as asked for, or all where there are no more; of what a forecast looks at. */
    static Downsampler of(List<PositionHistory.Sample> track, int count) {
        var recent = recent(track);
        if (recent.size() <= count) {
            return new Downsampler(recent);
        }
        var chosen = new TreeSet<>(List.of(0, recent.size() - 1));
        while (chosen.size() < count) {
            chosen.add(next(recent, chosen));
        }
        return new Downsampler(chosen.stream().map(recent::get).toList());
    }

    private static List<PositionHistory.Sample> recent(List<PositionHistory.Sample> track) {
        if (track.isEmpty()) {
            return track;
        }
        var oldest = track.getLast().at().minus(PositionHistory.MATTERS);
        var from = 0;
        while (from + 1 < track.size() && !track.get(from + 1).at().isAfter(oldest)) {
            from++;
        }
        return track.subList(from, track.size());
    }

    private static int next(List<PositionHistory.Sample> samples, TreeSet<Integer> chosen) {
        var least = BEND * Math.abs(height(samples.getFirst(), samples.getLast()));
        var bend = 0.0;
        var bent = -1;
        var gap = -1L;
        var between = -1;
        for (var i = 1; i < samples.size() - 1; i++) {
            if (!chosen.contains(i)) {
                var before = samples.get(chosen.lower(i));
                var after = samples.get(chosen.higher(i));
                var off = Math.abs(height(before, samples.get(i))
                        - height(before, after) * millis(before, samples.get(i)) / millis(before, after));
                if (off > least && off > bend) {
                    bend = off;
                    bent = i;
                }
                var room = Math.min(millis(before, samples.get(i)), millis(samples.get(i), after));
                if (room > gap) {
                    gap = room;
                    between = i;
                }
            }
        }
        return bent >= 0 ? bent : between;
    }

    private static double height(PositionHistory.Sample from, PositionHistory.Sample to) {
        return to.next().subtract(from.next()).doubleValue();
    }

    private static long millis(PositionHistory.Sample from, PositionHistory.Sample to) {
        return Duration.between(from.at(), to.at()).toMillis();
    }
}
