package dev.seqwatch.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Equal texts, told once with how often they are there. */
public final class Groups {
    private Groups() {}

    /** {@code 6 KeyNotBigint, 3 OrphanSequence}. */
    public static String counts(Stream<String> names) {
        return of(names).entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(joining(", "));
    }

    /** The one reason, or each with how often it is one. */
    public static String reasons(Stream<String> reasons) {
        var counts = of(reasons);
        return counts.size() == 1
                ? counts.firstKey()
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + ": " + entry.getKey())
                        .collect(joining("; "));
    }

    public static SortedMap<String, Long> of(Stream<String> names) {
        return names.collect(groupingBy(name -> name, TreeMap::new, counting()));
    }
}
