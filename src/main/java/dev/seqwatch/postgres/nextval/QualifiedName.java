package dev.seqwatch.postgres.nextval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a sequence, a table or a function as code writes it.
 *
 * @param schema null where search_path finds it
 */
public record QualifiedName(@Nullable String schema, String name) {
    private static final Pattern PART = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^\".\\s]+))\\s*(?:\\.|$)");

    /** Reads the text of a regclass constant as PostgreSQL does: manual, section 8.19. Empty where it is no such name. */
    public static Optional<QualifiedName> parse(String text) {
        var parts = new ArrayList<String>();
        var matcher = PART.matcher(text);
        var end = 0;
        while (matcher.find() && matcher.start() == end) {
            parts.add(
                    matcher.group(1) == null
                            ? matcher.group(2).toLowerCase(Locale.ROOT)
                            : matcher.group(1).replace("\"\"", "\""));
            end = matcher.end();
        }
        return end == text.length() ? of(parts) : Optional.empty();
    }

    static Optional<QualifiedName> of(List<String> parts) {
        return switch (parts.size()) {
            case 1 -> Optional.of(new QualifiedName(null, parts.getFirst()));
            case 2 -> Optional.of(new QualifiedName(parts.getFirst(), parts.getLast()));
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
