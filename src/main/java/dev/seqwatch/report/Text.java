package dev.seqwatch.report;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Text for people, in numbers and lengths that fit. */
public final class Text {
    private static final int NAMED = 3;

    private Text() {}

    /** At most as many characters as a status takes, never half of a pair of surrogates. */
    public static String cut(String text) {
        return cut(text, SequenceMonitorStatus.MAX_TEXT);
    }

    public static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }

    /** The first of them, and how many more there are. */
    public static String some(List<String> names) {
        var more = names.size() - NAMED;
        var named = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return more > 0 ? named + " and " + more + " more" : named;
    }

    public static String capital(String text) {
        return text.isEmpty()
                ? text
                : Character.toString(Character.toUpperCase(text.codePointAt(0)))
                        + text.substring(Character.charCount(text.codePointAt(0)));
    }

    /** In one unit: {@code 410 s}, {@code 27 min}. */
    public static String duration(Duration duration) {
        return duration.toMinutes() >= 10 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    /** {@code 1 sequence}, {@code 2 sequences}. */
    public static String count(int number, String noun) {
        return number + " " + (number == 1 ? noun : noun + "s");
    }
}
