package dev.seqwatch.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The rules for texts that a person reads, as CONTRIBUTING.md gives them, as far as a program can check them. */
public final class TextRules {
    /** So long a message still fits on a small screen and into an Event beside its subject. */
    public static final int LONGEST = 300;

    private static final Map<String, Pattern> FORBIDDEN = Map.of(
            "a Java class",
            Pattern.compile("\\b(java|javax|jdk|sun|org|com|io|dev)\\.[a-z]\\w*\\.|\\w(Exception|Error)\\b"),
            "jargon of the driver",
            Pattern.compile("\\bFATAL\\b|\\bJDBC\\b|PSQL(State)?\\b|[bB]ackend\\b|I/O error|connection attempt failed"),
            "a missing value",
            Pattern.compile("\\bnull\\b|Optional\\[|\\[]|\\{}|%[sd]"),
            "a number that is not grouped",
            Pattern.compile("(?<![\\w.,:/\"-])(?<!SQLSTATE )\\d{5,}(?![\\w\"])"),
            "a word of the project's own",
            Pattern.compile("(?i)\\b(mends?|foretold|in vain|whoever|for good|tells? of|looked at|goes on|draws?)\\b"),
            "blanks or line ends too many",
            Pattern.compile("  |[\\n\\t]| $|^ |::"));

    private static final Pattern SQL_IN_A_MESSAGE = Pattern.compile("FOR VALUES FROM \\(\\d+\\) TO \\(\\d+\\)");
    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?]) (?=[A-Z])");

    private TextRules() {}

    /** Names of the rules that a message breaks, with the place. */
    public static List<String> broken(String message) {
        var broken = new ArrayList<String>();
        var text = SQL_IN_A_MESSAGE.matcher(message).replaceAll("FOR VALUES …");
        FORBIDDEN.forEach((rule, pattern) -> {
            var found = pattern.matcher(text);
            if (found.find()) {
                broken.add(rule + ": \"" + found.group() + "\" in: " + message);
            }
        });
        if (!message.matches("(?s).*[.?!…]")) {
            broken.add("no end of the last sentence: " + message);
        }
        return broken;
    }

    /** The same, and at most {@link #LONGEST} characters. */
    public static List<String> brokenWithin(int length, String message) {
        var broken = new ArrayList<>(broken(message));
        if (message.length() > length) {
            broken.add(message.length() + " characters: " + message);
        }
        return broken;
    }

    /** Split where a full stop and a capital follow each other. */
    public static List<String> sentences(String message) {
        return SENTENCE.splitAsStream(message).toList();
    }
}
