package dev.seqwatch.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.seqwatch.check.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which of too many findings to show. A worse severity always comes first. Where there is no room for all findings of a
 * severity, each check gives one in turn, its worst first, so that a habit found in a hundred tables cannot hide another
 * problem.
 */
public final class FairChoice {
    private FairChoice() {}

    /** Returns as many as there is room for, in the order of the argument. */
    public static <T> List<T> of(
            List<T> worstFirst, int room, Function<T, Severity> severity, Function<T, String> check) {
        if (worstFirst.size() <= room) {
            return worstFirst;
        }
        var chosen = new ArrayList<T>(room);
        for (var alike : worstFirst.stream()
                .collect(groupingBy(severity, TreeMap::new, toList()))
                .values()) {
            if (chosen.size() + alike.size() <= room) {
                chosen.addAll(alike);
            } else {
                return withTurns(chosen, alike, room, check);
            }
        }
        return chosen;
    }

    private static <T> List<T> withTurns(List<T> chosen, List<T> alike, int room, Function<T, String> check) {
        var counts = new LinkedHashMap<String, Integer>();
        alike.forEach(finding -> counts.merge(check.apply(finding), 1, Integer::sum));
        var shares = new HashMap<String, Integer>();
        for (var left = room - chosen.size(); left > 0; ) {
            for (var count : counts.entrySet()) {
                if (left > 0 && shares.getOrDefault(count.getKey(), 0) < count.getValue()) {
                    shares.merge(count.getKey(), 1, Integer::sum);
                    left--;
                }
            }
        }
        alike.stream()
                .filter(finding -> shares.merge(check.apply(finding), -1, Integer::sum) >= 0)
                .forEach(chosen::add);
        return chosen;
    }
}
