package dev.seqwatch.compare;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names in a sentence. */
final class Names {
    private static final int NAMED = 5;

    private Names() {}

    /** The first of them, and how many more there are. */
    static String some(Collection<?> names) {
        var named = names.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return names.size() > NAMED ? named + " and " + (names.size() - NAMED) + " more" : named;
    }

    /** {@code 1 table}, {@code 2 tables}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
