package dev.seqwatch.report;

import static java.util.stream.Collectors.joining;

import dev.seqwatch.catalog.ReadResult;
import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Sql;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All remedies as one script for psql, to be run as the owner of the objects. */
public final class RemedyScript {
    private static final String HEAD = """
            -- Remedies for what Seqwatch found. Read them first; run them with psql as the owner of the objects.
            \\set ON_ERROR_STOP on
            """;

    private RemedyScript() {}

    public static String render(List<Inspection> inspections) {
        var several = inspections.size() > 1;
        return inspections.stream()
                .map(inspection -> database(inspection, several))
                .collect(joining("\n", HEAD, ""));
    }

    private static String database(Inspection inspection, boolean several) {
        var head = "\n" + Sql.comment("Database " + inspection.database()) + "\n";
        return switch (inspection.reading()) {
            case ReadResult.Unreachable unreachable ->
                head + Sql.comment("It could not be read: " + unreachable.message()) + "\n";
            case ReadResult.Success _
            when inspection.findings().isEmpty() ->
                head
                        + (inspection.ignored().isEmpty()
                                ? "-- Nothing was found.\n"
                                : "-- Nothing else was found.\n" + ignored(inspection));
            case ReadResult.Success _
            when several && !connectable(inspection.database()) ->
                head
                        + "-- \\connect cannot take this name, because it holds a line break: run these by themselves.\n"
                        + Sql.comment(remedies(inspection.findings()))
                        + "\n"
                        + ignored(inspection);
            case ReadResult.Success _ ->
                head
                        + (several ? connect(inspection.database()) : "")
                        + remedies(inspection.findings())
                        + ignored(inspection);
        };
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
                return title + remedy.stripTrailing() + "\n";
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
