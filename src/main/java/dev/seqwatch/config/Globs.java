package dev.seqwatch.config;

import dev.seqwatch.api.v1alpha1.Selection;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the patterns of a {@link Selection} mean: {@code *} is any text, also none; {@code ?} is any one character, of
 * whatever plane; everything else is itself, upper and lower case apart. A name is taken when a pattern to include has
 * it and no pattern to exclude does.
 */
public record Globs(List<String> include, List<String> exclude) implements Predicate<String> {
    public static final Globs ALL = of(Selection.ALL);

    public Globs {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    public static Globs of(Selection selection) {
        return new Globs(selection.include(), selection.exclude());
    }

    /** Whether a pattern can mean more than one name. */
    public static boolean isPattern(String pattern) {
        return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
    }

    @Override
    public boolean test(String name) {
        return include.stream().anyMatch(pattern -> matches(pattern, name))
                && exclude.stream().noneMatch(pattern -> matches(pattern, name));
    }

    /** Not by a regular expression: one with many stars takes ages to fail. This takes pattern times name at most. */
    public static boolean matches(String pattern, String name) {
        var wanted = pattern.codePoints().toArray();
        var text = name.codePoints().toArray();
        int at = 0;
        int next = 0;
        int star = -1;
        int afterStar = 0;
        while (at < text.length) {
            if (next < wanted.length && wanted[next] == '*') {
                star = next++;
                afterStar = at;
            } else if (next < wanted.length && (wanted[next] == '?' || wanted[next] == text[at])) {
                next++;
                at++;
            } else if (star >= 0) {
                next = star + 1;
                at = ++afterStar;
            } else {
                return false;
            }
        }
        while (next < wanted.length && wanted[next] == '*') {
            next++;
        }
        return next == wanted.length;
    }
}
