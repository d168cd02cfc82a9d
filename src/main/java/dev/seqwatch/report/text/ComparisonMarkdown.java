package dev.seqwatch.report.text;

import dev.seqwatch.compare.Difference;
import dev.seqwatch.compare.Difference.Effect;
import dev.seqwatch.inspection.CutoverResult;
import dev.seqwatch.model.DatabaseState;

/** A comparison for a ticket: a table of differences, and the script folded below it. */
public final class ComparisonMarkdown {
    private ComparisonMarkdown() {}

    public static String render(CutoverResult result) {
        var out = new StringBuilder("## Cutover: ")
                .append(result.verdict().words())
                .append("\n\n");
        switch (result) {
            case CutoverResult.NotRead notRead ->
                out.append(InspectionMarkdown.text(notRead.sentence())).append("\n\n");
            case CutoverResult.Compared(var comparison) -> {
                out.append("Source: ")
                        .append(database(comparison.state().source()))
                        .append(". Target: ")
                        .append(database(comparison.state().target()))
                        .append(". ")
                        .append(InspectionMarkdown.text(
                                comparison.writes().stopped()
                                        ? comparison.writes().evidence()
                                        : String.join(" ", comparison.writes().reasons())))
                        .append("\n\n");
                if (!comparison.differences().isEmpty()) {
                    out.append("| | difference | where | what |\n|---|---|---|---|\n");
                    comparison.differences().forEach(difference -> out.append(row(difference)));
                    out.append('\n');
                }
                if (comparison.differences().stream()
                        .anyMatch(difference -> difference.effect() != Effect.Note && difference.remedy() != null)) {
                    var script = ComparisonScript.render(result);
                    var fence = script.contains("```") ? "~~~~" : "```";
                    out.append("<details><summary>Script for the target</summary>\n\n%ssql\n%s%s\n\n</details>\n"
                            .formatted(fence, script, fence));
                }
            }
        }
        return out.toString();
    }

    private static String database(DatabaseState state) {
        return InspectionMarkdown.text(state.database()) + " (PostgreSQL "
                + state.server().version() + ")";
    }

    private static String row(Difference difference) {
        return "| %s | %s | %s | %s |\n"
                .formatted(
                        switch (difference.effect()) {
                            case No -> "🔴 No";
                            case Unknown -> "🔴 Unknown";
                            case NotYet -> "🟠 Not yet";
                            case Note -> "ℹ️ Note";
                        },
                        difference.kind(),
                        InspectionMarkdown.text(difference.subject()),
                        InspectionMarkdown.text(difference.message()));
    }
}
