package dev.seqwatch.report.text;

import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.report.InspectionSummary;
import java.util.List;

/** Inspections for a pull request or a ticket: a table of findings, each remedy folded below it. */
public final class InspectionMarkdown {
    private InspectionMarkdown() {}

    /** Where no database is set aside. */
    public static String render(List<Inspection> inspections, List<String> warnings) {
        return render(ServerInspection.of(inspections), warnings);
    }

    public static String render(ServerInspection server, List<String> warnings) {
        var out = new StringBuilder();
        for (var inspection : server.inspections()) {
            out.append("## ").append(text(inspection.database()));
            switch (inspection.reading()) {
                case ReadResult.Success(var state) -> {
                    out.append(" (PostgreSQL ").append(state.server().version()).append(")\n\n");
                    findings(inspection, out);
                }
                case ReadResult.Unreachable unreachable ->
                    out.append("\n\n**Could not look: ")
                            .append(unreachable.reason())
                            .append("**: ")
                            .append(text(unreachable.message()))
                            .append("\n\n");
            }
        }
        server.setAside()
                .forEach(each -> out.append("Set aside: ")
                        .append(text(each.database() + ". " + each.reason()))
                        .append("\n\n"));
        warnings.forEach(notice -> out.append("Warning: ").append(text(notice)).append("\n\n"));
        return out.toString();
    }

    private static void findings(Inspection inspection, StringBuilder out) {
        var tally = InspectionSummary.of(inspection);
        if (!inspection.findings().isEmpty()) {
            out.append("| | check | where | what |\n|---|---|---|---|\n");
            inspection
                    .findings()
                    .forEach(finding -> out.append("| %s | %s | %s | %s |\n"
                            .formatted(
                                    sign(finding.severity()),
                                    finding.check(),
                                    text(finding.subject().toString()),
                                    text(finding.message()))));
            out.append('\n');
        }
        inspection.findings().stream()
                .filter(finding -> finding.severity() != Severity.Info)
                .forEach(finding -> remedy(finding, out));
        inspection
                .ignored()
                .forEach(ignored -> out.append("Ignored (%s): %s %s\n\n"
                        .formatted(
                                text(ignored.reason()),
                                ignored.finding().check(),
                                text(ignored.finding().subject().toString()))));
        var unjudged = inspection.unjudged().stream()
                .map(each -> each.check() + " ("
                        + text(each.cause().fact().description() + ": "
                                + each.cause().explanation()) + ")")
                .toList();
        if (!unjudged.isEmpty()) {
            out.append("Not judged: ").append(String.join(", ", unjudged)).append(".\n\n");
        }
        out.append("Read: %s of %s sequences. Not compared: ids of %s columns.\n\n"
                .formatted(tally.sequences() - tally.unreadable(), tally.sequences(), tally.notChecked()));
    }

    private static void remedy(Finding finding, StringBuilder out) {
        var script = finding.remedy();
        if (script != null) {
            var fence = script.contains("```") ? "~~~~" : "```";
            out.append("<details><summary>Remedy: %s %s</summary>\n\n%ssql\n%s%s\n\n</details>\n\n"
                    .formatted(finding.check(), text(finding.subject().toString()), fence, script, fence));
        }
    }

    private static String sign(Severity severity) {
        return switch (severity) {
            case Critical -> "🔴 Critical";
            case Warning -> "🟠 Warning";
            case Info -> "ℹ️ Info";
        };
    }

    /** Names are any text: nothing of them may become markup. */
    static String text(String raw) {
        return Printable.line(raw)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_\\[\\]|~])", "\\\\$1");
    }
}
