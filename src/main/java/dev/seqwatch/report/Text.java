package dev.seqwatch.report;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import java.time.Duration;

/** Text for people, in numbers and lengths that fit. */
final class Text {
    private Text() {}

    /** At most as many characters as a status takes, never half of a pair of surrogates. */
    static String cut(String text) {
        return cut(text, SequenceMonitorStatus.MAX_TEXT);
    }

    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }

    /** With a capital at its beginning and a full stop at its end. */
    static String sentence(String text) {
        if (text.isEmpty()) {
            return text;
        }
        var first = text.codePointAt(0);
        var capital = Character.toString(Character.toUpperCase(first)) + text.substring(Character.charCount(first));
        return capital.endsWith(".") || capital.endsWith("…") ? capital : capital + ".";
    }

    /** In one unit: {@code 410 s}, {@code 27 min}. */
    static String duration(Duration duration) {
        return duration.toMinutes() >= 10 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    /** {@code 1 sequence}, {@code 2 sequences}. */
    static String count(int number, String noun) {
        return number + " " + (number == 1 ? noun : noun + "s");
    }
}
