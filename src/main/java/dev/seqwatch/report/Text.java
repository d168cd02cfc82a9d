package dev.seqwatch.report;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;

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

    /** {@code 1 sequence}, {@code 2 sequences}. */
    static String count(int number, String noun) {
        return number + " " + (number == 1 ? noun : noun + "s");
    }
}
