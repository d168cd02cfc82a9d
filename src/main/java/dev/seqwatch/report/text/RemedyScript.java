package dev.seqwatch.report.text;

import static java.util.stream.Collectors.joining;

import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sql;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Remedies as one script for psql, to be run as the owner of the objects. Only remedies of Warning and Critical findings
 * run. An Info finding harms nobody, and its remedy may rewrite a healthy table: it is printed as a comment, on demand.
 */
public final class RemedyScript {
    private static final String HEAD = """
            -- Remedies for what Seqwatch found. Read them first; run them with psql as the owner of the objects.
            \\set ON_ERROR_STOP on
            """;

    private RemedyScript() {}

    /**
     * The script for these databases, one after the other.
     *
     * @param infos whether the remedies of Info findings are printed too, each line as a comment
     */
    public static String render(List<Inspection> inspections, boolean infos) {
        var several = inspections.size() > 1;
        return inspections.stream()
                .map(inspection -> database(inspection, several, infos))
                .collect(joining("\n", HEAD, ""));
    }

    private static String database(Inspection inspection, boolean several, boolean infos) {
        var head = "\n" + Sql.comment("Database " + inspection.database()) + "\n";
        return switch (inspection.reading()) {
            case ReadResult.Unreachable unreachable ->
                head + Sql.comment("It could not be read: " + unreachable.message()) + "\n";
            case ReadResult.Success _ -> head + body(inspection, several, infos) + ignored(inspection);
        };
    }

    private static String body(Inspection inspection, boolean several, boolean infos) {
        var urgent = inspection.findings().stream()
                .filter(finding -> finding.severity() != Severity.Info)
                .toList();
        var omitted = infos ? 0 : inspection.findings().size() - urgent.size();
        var written = infos ? inspection.findings() : urgent;
        var note = omitted == 0 ? "" : omitted(omitted, !urgent.isEmpty());
        if (written.isEmpty()) {
            var nothing = inspection.ignored().isEmpty() ? "-- Nothing was found.\n" : "-- Nothing else was found.\n";
            return omitted == 0 ? nothing : note;
        }
        if (several && !connectable(inspection.database())) {
            return "-- \\connect cannot take this name, because it holds a line break: run these by themselves.\n"
                    + Sql.comment(remedies(written))
                    + "\n"
                    + note;
        }
        return (several && !urgent.isEmpty() ? connect(inspection.database()) : "") + remedies(written) + note;
    }

    private static String omitted(int count, boolean afterOthers) {
        return (afterOthers ? "\n" : "")
                + (count == 1 ? "-- 1 Info finding is" : "-- " + count + " Info findings are")
                + " not in this script. The option --all adds the remedies of Info findings as comments.\n";
    }

    private static String ignored(Inspection inspection) {
        return inspection.ignored().stream()
                .map(ignored -> Sql.comment("Ignored (%s): %s %s"
                                .formatted(
                                        ignored.reason(),
                                        ignored.finding().check(),
                                        ignored.finding().subject()))
                        + "\n")
                .collect(joining());
    }

    /** As a connection string, because psql would take a bare name with an equals sign for one. */
    private static String connect(String database) {
        var value = database.replace("\\", "\\\\").replace("'", "\\'").replace("\"", "\"\"");
        return "\\connect -reuse-previous=on \"dbname='" + value + "'\"\n";
    }

    private static boolean connectable(String database) {
        return database.indexOf('\n') < 0 && database.indexOf('\r') < 0;
    }

    private static String remedies(List<Finding> findings) {
        var written = new Written(new HashSet<>(), new HashSet<>());
        return findings.stream().map(written::next).collect(joining());
    }

    /** What stands in the script by now. */
    private record Written(Set<String> remedies, Set<RelationName> sequences) {
        String next(Finding finding) {
            var title = "\n"
                    + Sql.comment(finding.severity() + ": " + finding.check() + " " + finding.subject() + "\n"
                            + finding.message())
                    + "\n";
            var remedy = finding.remedy();
            if (remedy == null) {
                return title + "-- No script can decide this.\n";
            }
            if (remedies.contains(remedy)) {
                return title + "-- The same remedy as above.\n";
            }
            if (isFirstOf(finding)) {
                remedies.add(remedy);
                var script = remedy.stripTrailing();
                return title + (finding.severity() == Severity.Info ? Sql.comment(script) : script) + "\n";
            }
            return title + "-- What is above changes this sequence: run it, then look again for this remedy.\n";
        }

        /**
         * Remedies of what is urgent go together. One that is not may hold a sequence's properties as they are now, and
         * would undo what a remedy before it changed.
         */
        private boolean isFirstOf(Finding finding) {
            var subject = finding.subject();
            var schema = subject.schema();
            var name = subject.sequence();
            return schema == null
                    || name == null
                    || sequences.add(new RelationName(schema, name))
                    || finding.severity() != Severity.Info;
        }
    }
}
