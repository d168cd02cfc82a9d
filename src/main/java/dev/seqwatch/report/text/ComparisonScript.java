package dev.seqwatch.report.text;

import dev.seqwatch.compare.Comparison;
import dev.seqwatch.compare.Difference;
import dev.seqwatch.compare.Difference.Effect;
import dev.seqwatch.inspection.CutoverResult;
import dev.seqwatch.model.Sql;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * The remedies of a comparison as one script for psql, to be run at the target. It moves sequences only forward, so that
 * running it twice changes nothing more. Remedies of notes stand in it as comments.
 */
public final class ComparisonScript {
    private static final String HEAD = """
            -- Before a cutover: what the target needs. Read it first; run it at the target with psql as the owner of the objects.
            -- It moves sequences only forward. Run it while no application writes to the target; running it twice is harmless.
            \\set ON_ERROR_STOP on
            """;
    private static final String LIMIT = """
            -- It stops with an error if a lock is not free within 900 ms: run it again.
            SET lock_timeout = '900ms';
            """;

    private ComparisonScript() {}

    public static String render(CutoverResult result) {
        return switch (result) {
            case CutoverResult.NotRead notRead -> HEAD + "\n" + Sql.comment(notRead.sentence()) + "\n";
            case CutoverResult.Compared(var comparison) -> HEAD + body(comparison);
        };
    }

    private static String body(Comparison comparison) {
        var out = new StringBuilder(Sql.comment("Source: database "
                        + comparison.state().source().database()
                        + ", positions of " + comparison.state().second().at() + ". Target: database "
                        + comparison.state().target().database() + ". Verdict: "
                        + comparison.verdict().words() + "."))
                .append('\n');
        if (!comparison.writes().stopped()) {
            out.append(
                            Sql.comment(
                                    "The source still takes writes, so that each sequence is moved past what it will give until they stop. Compare again once they have."))
                    .append('\n');
        }
        var differences = comparison.differences().stream()
                .sorted(Comparator.comparing(Difference::kind))
                .toList();
        if (differences.stream().anyMatch(difference -> difference.remedy() != null && runs(difference))) {
            out.append(LIMIT);
        }
        var written = new HashSet<String>();
        differences.stream()
                .filter(ComparisonScript::runs)
                .forEach(difference -> out.append(one(difference, written, false)));
        var notes = differences.stream()
                .filter(difference -> !runs(difference) && difference.remedy() != null)
                .toList();
        notes.forEach(difference -> out.append(one(difference, written, true)));
        return out + (differences.stream().noneMatch(ComparisonScript::runs) ? "\n-- Nothing has to be done.\n" : "");
    }

    private static boolean runs(Difference difference) {
        return difference.effect() != Effect.Note;
    }

    private static String one(Difference difference, Set<String> written, boolean commented) {
        var title = "\n"
                + Sql.comment(ComparisonTable.word(difference.effect()) + ": " + difference.kind() + " "
                        + difference.subject() + "\n" + difference.message())
                + "\n";
        var remedy = difference.remedy();
        if (remedy == null) {
            return title + "-- No script can decide this.\n";
        }
        if (!written.add(remedy)) {
            return title + "-- The same remedy as above.\n";
        }
        return title + (commented ? Sql.comment(remedy) : remedy) + "\n";
    }
}
