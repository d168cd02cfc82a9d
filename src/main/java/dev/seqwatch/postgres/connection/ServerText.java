package dev.seqwatch.postgres.connection;

import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/** What a server or a library said, in a form that a message can quote: one short line without names of Java classes. */
final class ServerText {
    private static final int LONGEST = 110;
    private static final Pattern CLASS = Pattern.compile("\\b([a-z]\\w*[.])+[A-Z]\\w*:? ?");

    private ServerText() {}

    static String of(Throwable e) {
        var server = e instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
        var text = server == null || server.getMessage() == null ? e.getMessage() : server.getMessage();
        var line = String.valueOf(text)
                .lines()
                .map(each -> onOneLine(CLASS.matcher(each).replaceAll("")).strip())
                .filter(each -> !each.isEmpty() && !each.equals("null"))
                .findFirst()
                .orElse("the server gave no reason");
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    static String onOneLine(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
