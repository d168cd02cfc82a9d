package dev.seqwatch.report.text;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import dev.seqwatch.check.UnjudgedCheck;
import dev.seqwatch.inspection.Ignored;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.inspection.SetAside;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Headroom;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.report.Groups;
import dev.seqwatch.report.InspectionSummary;
import dev.seqwatch.report.Text;
import dev.seqwatch.report.UncheckedColumn;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Inspections as text for a person: what is wrong, and always how much was read and how much was not. */
public final class InspectionTable {
    private static final int SEVERITY = 10;
    private static final int SHORTEST = 20;

    /** A line shorter than this has no room for a column of severities. */
    private static final int NARROW = 60;

    private static final int NARROW_INDENT = 2;
    private static final int SCHEMAS_NAMED = 5;

    /** So many findings of one kind are printed one by one. */
    private static final int ALIKE = 5;

    /** Of more, so many are. */
    private static final int ALIKE_PRINTED = 3;

    private static final int ALIKE_NAMED = 20;

    private final Options options;
    private final StringBuilder out = new StringBuilder();

    private InspectionTable(Options options) {
        this.options = options;
    }

    /**
     * What to show.
     *
     * @param all Info findings too, not only their number, and each of many findings of one kind
     * @param remedies the remedy below each finding
     * @param colour whether to use the colours of a terminal
     * @param width of a line, in characters
     */
    public record Options(boolean all, boolean remedies, boolean colour, int width) {
        public static final Options PLAIN = new Options(false, false, false, 100);
    }

    /** Where no database is set aside. */
    public static String render(List<Inspection> inspections, List<String> warnings, Options options) {
        return render(ServerInspection.of(inspections), warnings, options);
    }

    public static String render(ServerInspection server, List<String> warnings, Options options) {
        var inspections = server.inspections();
        var table = new InspectionTable(options);
        inspections.forEach(table::database);
        table.setAside(server.setAside());
        table.warnings(warnings);
        table.whereToRead(inspections);
        table.verdict(inspections);
        return table.out.toString();
    }

    private void database(Inspection inspection) {
        var name = Printable.line(inspection.database());
        switch (inspection.reading()) {
            case ReadResult.Success(var state) -> {
                var server = state.server();
                line(
                        Colour.Bold,
                        name,
                        "  PostgreSQL " + server.version() + ", "
                                + server.role().name().toLowerCase(Locale.ROOT));
                line("");
                findings(inspection.findings().stream()
                        .filter(finding -> options.all() || finding.severity() != Severity.Info)
                        .toList());
                hiddenInfos(inspection.findings());
                ignored(inspection.ignored());
                howMuchWasRead(state);
                unknown(state, inspection.unjudged());
            }
            case ReadResult.Unreachable unreachable -> {
                line(Colour.Bold, name, "");
                line("");
                line(Colour.Critical, "Not read", "  " + unreachable.reason());
                indented(unreachable.message());
            }
        }
        line("");
    }

    /** Findings that one change would most often make disappear. */
    private record Kind(
            Severity severity, String check, @Nullable String role) {
        static Kind of(Finding finding) {
            return new Kind(
                    finding.severity(), finding.check(), finding.subject().role());
        }
    }

    /** Of many findings of one kind the worst are printed, and the others are counted and named in one line. */
    private void findings(List<Finding> findings) {
        var kinds = findings.stream().collect(groupingBy(Kind::of));
        var printed = new HashMap<Kind, Integer>();
        for (var finding : findings) {
            var alike = kinds.getOrDefault(Kind.of(finding), List.of());
            var before = printed.merge(Kind.of(finding), 1, Integer::sum) - 1;
            if (options.all() || alike.size() <= ALIKE || before < ALIKE_PRINTED) {
                finding(finding);
            } else if (before == ALIKE_PRINTED) {
                others(alike.subList(ALIKE_PRINTED, alike.size()));
            }
        }
    }

    private void others(List<Finding> alike) {
        var first = alike.getFirst();
        var more = alike.size() - ALIKE_NAMED;
        heading(
                Colour.of(first.severity()),
                first.severity().name(),
                first.check(),
                "  " + alike.size() + " more"
                        + (first.subject().role() == null
                                ? ""
                                : " of " + Printable.line(first.subject().role())));
        indented(alike.stream()
                        .limit(ALIKE_NAMED)
                        .map(finding -> Printable.line(place(finding.subject())))
                        .collect(joining(", "))
                + (more > 0 ? " and " + more + " more" : "") + ". (--all shows each)");
        line("");
    }

    /** The column, or what else the finding is about. */
    private static String place(Subject subject) {
        var table = subject.table();
        return table != null && subject.column() != null
                ? table.column(subject.column()).toString()
                : subject.withoutRole().toString();
    }

    private void finding(Finding finding) {
        var severity = finding.severity().name();
        heading(
                Colour.of(finding.severity()),
                severity,
                finding.check(),
                "  " + Printable.line(finding.subject().toString()));
        indented(finding.message());
        if (options.remedies()) {
            remedy(finding.remedy());
        }
        line("");
    }

    private void remedy(@Nullable String remedy) {
        if (remedy == null) {
            indented("Remedy: no script can decide this; the message says what to do.");
            return;
        }
        indented("Remedy:");
        remedy.strip().lines().forEach(line -> line(" ".repeat(indent() + 2) + Printable.line(line)));
    }

    private void hiddenInfos(List<Finding> findings) {
        var infos = findings.stream()
                .filter(finding -> finding.severity() == Severity.Info)
                .toList();
        if (infos.isEmpty() || options.all()) {
            return;
        }
        labelled(Colour.Info, "Info", Groups.counts(infos.stream().map(Finding::check)) + " (--all shows them)");
        line("");
    }

    /** Never silently gone: how many for which reason, and with {@code --all} which. */
    private void ignored(List<Ignored> ignored) {
        for (var reason :
                Groups.of(ignored.stream().map(InspectionTable::reason)).entrySet()) {
            labelled(
                    Colour.Info,
                    "Ignored",
                    reason.getValue() + ": " + reason.getKey() + (options.all() ? "" : " (--all shows them)"));
            ignored.stream()
                    .filter(each -> options.all() && reason(each).equals(reason.getKey()))
                    .map(Ignored::finding)
                    .forEach(finding -> line(" ".repeat(indent()) + finding.severity() + " " + finding.check() + "  "
                            + Printable.line(finding.subject().toString())));
            line("");
        }
    }

    private static String reason(Ignored ignored) {
        return Printable.line(ignored.reason()) + (ignored.until() == null ? "" : ", until " + ignored.until());
    }

    private void warnings(List<String> warnings) {
        warnings.forEach(notice -> wrapped("Warning: " + notice));
        if (!warnings.isEmpty()) {
            line("");
        }
    }

    private void setAside(List<SetAside> setAside) {
        setAside.forEach(each ->
                wrapped("Set aside: " + Printable.line(each.database()) + ". " + Printable.line(each.reason())));
        if (!setAside.isEmpty()) {
            line("");
        }
    }

    private void howMuchWasRead(DatabaseState state) {
        var total = state.sequences().size();
        var unreadable = state.sequences().stream()
                .flatMap(sequence -> sequence.position() instanceof Position.Unreadable(var reason)
                        ? Stream.of(reason)
                        : Stream.empty())
                .toList();
        wrapped("Read: " + (total - unreadable.size()) + " of " + Text.count(total, "sequence") + " in "
                + state.took().toMillis() + " ms" + fullest(state) + ".");
        if (!unreadable.isEmpty()) {
            wrapped("Not read: " + Text.count(unreadable.size(), "position") + " ("
                    + Groups.reasons(unreadable.stream().map(reason -> reason.explanation())) + ").");
        }
        var all = UncheckedColumn.of(state);
        var unchecked = all.stream().filter(column -> !column.call()).toList();
        var callers = all.size() - unchecked.size();
        if (callers > 0) {
            wrapped("Not known: which sequence " + Text.count(callers, "call")
                    + " of nextval in triggers and functions use: only running them tells."
                    + (options.all() ? "" : " (--all lists them)"));
        }
        if (!unchecked.isEmpty()) {
            wrapped("Not compared: ids of " + Text.count(unchecked.size(), "column") + " ("
                    + Groups.reasons(
                            unchecked.stream().map(column -> column.reason().explanation())) + ")."
                    + (options.all() ? "" : " (--all lists them)"));
        }
        if (options.all()) {
            all.forEach(column -> line("  " + Printable.line(column.toString()) + "  " + column.reason()));
        }
        if (!state.blindSchemas().isEmpty()) {
            var schemas = state.blindSchemas().stream().sorted().toList();
            wrapped("Not visible: what is in " + Text.count(schemas.size(), "schema")
                    + " that this role has no USAGE on: "
                    + schemas.stream().limit(SCHEMAS_NAMED).map(Printable::line).collect(joining(", "))
                    + (schemas.size() > SCHEMAS_NAMED ? ", …" : "") + ".");
        }
    }

    private void unknown(DatabaseState state, List<UnjudgedCheck> unjudged) {
        var unread = state.integerColumns().unread().count();
        if (unread > 0) {
            wrapped("Not read: values of " + Text.count(unread, "integer column")
                    + " without statistics, because the tables are empty or were never analyzed.");
        }
        state.unknown().forEach(fact -> {
            var checks = unjudged.stream()
                    .filter(each -> each.cause().equals(fact))
                    .map(UnjudgedCheck::check)
                    .collect(joining(", "));
            wrapped("Not known: " + fact.fact().description() + " (" + Printable.line(fact.explanation()) + ")."
                    + (checks.isEmpty() ? "" : " Not judged: " + checks + "."));
        });
    }

    private static String fullest(DatabaseState state) {
        return state.sequences().stream()
                .filter(sequence -> sequence.headroom() instanceof Headroom.Finite)
                .max(Comparator.comparingDouble((WatchedSequence sequence) ->
                                InspectionSummary.usedRatio(sequence).orElse(0))
                        .thenComparing(WatchedSequence::name, Comparator.reverseOrder()))
                .map(sequence ->
                        "; the fullest, " + Printable.line(sequence.name().toString()) + ", is "
                                + percent(InspectionSummary.usedRatio(sequence).orElse(0)) + " used")
                .orElse("");
    }

    /** One place, rounded down, so that 100 % means that nothing is left. */
    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", Math.floor(ratio * 1000) / 10);
    }

    private void whereToRead(List<Inspection> inspections) {
        inspections.stream()
                .flatMap(inspection -> inspection.findings().stream())
                .filter(finding -> options.all() || finding.severity() != Severity.Info)
                .findFirst()
                .ifPresent(finding -> {
                    wrapped("A page explains each check, and how to ignore a finding: docs/checks/" + finding.check()
                            + ".md and so on.");
                    line("");
                });
    }

    private void verdict(List<Inspection> inspections) {
        var tallies = inspections.stream().map(InspectionSummary::of).toList();
        var unread = inspections.stream()
                .filter(inspection -> inspection.reading() instanceof ReadResult.Unreachable)
                .count();
        var ignored = tallies.stream().mapToInt(InspectionSummary::ignored).sum();
        var verdict = Verdict.of(inspections);
        var databases = Text.count(inspections.size(), "database");
        wrapped(
                Colour.of(verdict),
                switch (verdict) {
                    case Healthy -> "Healthy";
                    case Warning -> "Warning";
                    case Critical -> "Critical";
                    case CouldNotLook -> "UNKNOWN";
                },
                databases + (unread > 0 ? ", " + unread + " of them not read" : "") + ": "
                        + tallies.stream().mapToInt(InspectionSummary::critical).sum() + " Critical, "
                        + tallies.stream().mapToInt(InspectionSummary::warning).sum() + " Warning, "
                        + tallies.stream().mapToInt(InspectionSummary::info).sum() + " Info"
                        + (ignored == 0 ? "" : ", " + ignored + " ignored"));
    }

    private void indented(String text) {
        Printable.wrap(text, Math.max(SHORTEST, options.width() - indent()))
                .forEach(line -> line(" ".repeat(indent()) + line));
    }

    private int indent() {
        return options.width() < NARROW ? NARROW_INDENT : SEVERITY;
    }

    /** Severity, check and subject on one line where they fit. */
    private void heading(Colour colour, String severity, String check, String subject) {
        var start = " ".repeat(SEVERITY - severity.length()) + check;
        if (SEVERITY + check.length() + subject.length() <= options.width()) {
            line(colour, severity, start + subject);
        } else {
            line(colour, severity, start);
            indented(subject);
        }
    }

    /** A word in the column of severities, and text beside it. */
    private void labelled(Colour colour, String label, String text) {
        var lines = Printable.wrap(text, Math.max(SHORTEST, options.width() - SEVERITY));
        line(colour, label, " ".repeat(SEVERITY - label.length()) + lines.getFirst());
        lines.stream().skip(1).forEach(line -> line(" ".repeat(SEVERITY) + line));
    }

    private void wrapped(Colour colour, String word, String text) {
        var lines = Printable.wrap(text, Math.max(SHORTEST, options.width() - word.length() - 2));
        line(colour, word, "  " + lines.getFirst());
        lines.stream().skip(1).forEach(line -> line(" ".repeat(word.length() + 2) + line));
    }

    private void wrapped(String text) {
        Printable.wrap(text, Math.max(SHORTEST, options.width())).forEach(this::line);
    }

    private void line(Colour colour, String coloured, String rest) {
        line((options.colour() ? colour.paint(coloured) : coloured) + rest);
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
