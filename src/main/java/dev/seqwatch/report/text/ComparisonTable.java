package dev.seqwatch.report.text;

import dev.seqwatch.compare.Comparison;
import dev.seqwatch.compare.CutoverVerdict;
import dev.seqwatch.compare.Difference;
import dev.seqwatch.compare.Difference.Effect;
import dev.seqwatch.inspection.CutoverResult;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.UserTable;
import dev.seqwatch.report.Groups;
import dev.seqwatch.report.Text;
import java.util.Locale;

/** A comparison as text for a person: the verdict, and every difference that bears on it. */
public final class ComparisonTable {
    private static final int EFFECT = 10;
    private static final int SHORTEST = 40;

    private final InspectionTable.Options options;
    private final StringBuilder out = new StringBuilder();

    private ComparisonTable(InspectionTable.Options options) {
        this.options = options;
    }

    /** With {@code all}, notes are shown too, and not only counted. */
    public static String render(CutoverResult result, InspectionTable.Options options) {
        var table = new ComparisonTable(options);
        switch (result) {
            case CutoverResult.Compared(var comparison) -> table.comparison(comparison);
            case CutoverResult.NotRead notRead -> table.indented(notRead.sentence());
        }
        table.verdict(result);
        return table.out.toString();
    }

    /** One line for a person who waits. */
    public static String line(CutoverResult result) {
        var words = result.verdict().words();
        return words
                + " ".repeat(Math.max(1, 16 - words.length()))
                + switch (result) {
                    case CutoverResult.NotRead notRead -> Printable.line(notRead.sentence());
                    case CutoverResult.Compared(var comparison) -> reason(comparison);
                };
    }

    private static String reason(Comparison comparison) {
        var first = comparison.differences().stream()
                .filter(difference -> difference.effect() != Effect.Note)
                .findFirst();
        var count = (int) comparison.differences().stream()
                .filter(difference -> difference.effect() != Effect.Note)
                .count();
        return first.map(difference -> difference.kind() + " " + Printable.line(difference.subject()) + ": "
                        + Printable.line(difference.message())
                        + (count > 1 ? " (and " + (count - 1) + " more)" : ""))
                .orElseGet(() -> comparison.writes().stopped()
                        ? comparison.writes().evidence()
                        : "Both databases take inserts.");
    }

    private void comparison(Comparison comparison) {
        line(Colour.Bold, "Source", "  " + database(comparison.state().source()));
        line(Colour.Bold, "Target", "  " + database(comparison.state().target()));
        line("");
        comparison.differences().stream()
                .filter(difference -> options.all() || difference.effect() != Effect.Note)
                .forEach(this::difference);
        var notes = comparison.differences().stream()
                .filter(difference -> difference.effect() == Effect.Note)
                .toList();
        if (!notes.isEmpty() && !options.all()) {
            line(
                    Colour.Info,
                    "Note",
                    " ".repeat(EFFECT - 4)
                            + Groups.counts(notes.stream()
                                    .map(difference -> difference.kind().name()))
                            + " (--all shows them)");
            line("");
        }
        indent("Compared: " + Text.count(comparison.state().source().sequences().size(), "sequence") + " and "
                + Text.count(
                        (int) comparison.state().sourceTables().stream()
                                .filter(table -> table.kind() != UserTable.Kind.View)
                                .count(),
                        "table")
                + " of the source. "
                + comparison.writes().evidence());
    }

    private static String database(DatabaseState state) {
        return Printable.line(state.database()) + "  PostgreSQL "
                + state.server().version() + ", " + state.server().role().name().toLowerCase(Locale.ROOT);
    }

    private void difference(Difference difference) {
        var effect = word(difference.effect());
        line(
                colour(difference.effect()),
                effect,
                " ".repeat(EFFECT - effect.length()) + difference.kind() + "  " + Printable.line(difference.subject()));
        indented(difference.message());
        var remedy = difference.remedy();
        if (options.remedies() && remedy != null) {
            indented("Remedy, at the target:");
            remedy.lines().forEach(line -> line(" ".repeat(EFFECT + 2) + Printable.line(line)));
        }
        line("");
    }

    /** As the verdict says it. */
    static String word(Effect effect) {
        return switch (effect) {
            case No -> "No";
            case Unknown -> "Unknown";
            case NotYet -> "Not yet";
            case Note -> "Note";
        };
    }

    private static Colour colour(Effect effect) {
        return switch (effect) {
            case No, Unknown -> Colour.Critical;
            case NotYet -> Colour.Warning;
            case Note -> Colour.Info;
        };
    }

    private void verdict(CutoverResult result) {
        line("");
        line(
                switch (result.verdict()) {
                    case Go -> Colour.Good;
                    case NotYet -> Colour.Warning;
                    case No, CouldNotLook -> Colour.Critical;
                },
                Text.capital(result.verdict().words()),
                "  " + explanation(result.verdict()));
    }

    private static String explanation(CutoverVerdict verdict) {
        return switch (verdict) {
            case Go -> "Applications can move to the target.";
            case NotYet ->
                "Nothing is wrong, but the target does not have everything yet, or the source still takes writes.";
            case No -> "Fix what is listed, then compare again. -o sql prints the remedies as one script.";
            case CouldNotLook -> "Not everything could be read or judged, so that this is no answer.";
        };
    }

    private void indented(String text) {
        Printable.wrap(text, Math.max(SHORTEST, options.width() - EFFECT))
                .forEach(line -> line(" ".repeat(EFFECT) + line));
    }

    private void indent(String text) {
        Printable.wrap(text, Math.max(SHORTEST, options.width())).forEach(this::line);
    }

    private void line(Colour colour, String coloured, String rest) {
        line((options.colour() ? colour.paint(coloured) : coloured) + rest);
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
