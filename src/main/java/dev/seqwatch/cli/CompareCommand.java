package dev.seqwatch.cli;

import dev.seqwatch.compare.CutoverOptions;
import dev.seqwatch.compare.CutoverVerdict;
import dev.seqwatch.config.Globs;
import dev.seqwatch.config.InvalidMonitorException;
import dev.seqwatch.config.MonitorConfig;
import dev.seqwatch.inspection.CutoverInspector;
import dev.seqwatch.inspection.CutoverInspector.Side;
import dev.seqwatch.inspection.CutoverResult;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.report.text.ComparisonJson;
import dev.seqwatch.report.text.ComparisonMarkdown;
import dev.seqwatch.report.text.ComparisonScript;
import dev.seqwatch.report.text.ComparisonTable;
import dev.seqwatch.report.text.InspectionTable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two databases before applications move from one to the other; the exit code is the verdict. */
@Command(
        name = CompareCommand.NAME,
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Says whether applications can move from one database to another without an id being given twice.",
        footer = {
            "",
            "SOURCE and TARGET are URIs, connection strings, names of databases, or files with a SequenceMonitor. What they",
            "leave out comes from the environment, as for check. Nothing is ever written to a database.",
            "",
            "Exit codes: 0 go, 1 not yet, 2 no, 3 could not look."
        })
public class CompareCommand implements Callable<Integer> {
    public static final String NAME = "compare";

    /** Time for one round at one of the two databases. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([smh])");

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The database that applications use now.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "The database that they will use.")
    private String target = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description =
                    "table (default); json; markdown: for a ticket; sql: one psql script for the target with all remedies.")
    private Output output = Output.table;

    @Option(names = "--all", description = "List notes too, not only their number.")
    private boolean all;

    @Option(names = "--no-remedies", description = "Leave the SQL out of the table.")
    private boolean noRemedies;

    @Option(names = "--watch", description = "Repeat until the answer is go, with one line a round.")
    private boolean watch;

    @Option(
            names = {"-n", "--schema"},
            paramLabel = "PATTERN",
            description = "Only schemas that match; may be given several times.")
    private @Nullable List<String> schemas;

    @Option(
            names = {"-N", "--exclude-schema"},
            paramLabel = "PATTERN",
            description = "No schemas that match; may be given several times.")
    private @Nullable List<String> excluded;

    @Option(
            names = "--apart",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "Time between the two looks at the source (default: 5s).")
    private String apart = "5s";

    @Option(
            names = "--until-stop",
            paramLabel = "TIME",
            defaultValue = "1h",
            description =
                    "Time until the source takes no more writes (default: 1h). While it does, the script moves sequences"
                            + " past what the source will give in twice that time.")
    private String untilStop = "1h";

    @Option(
            names = "--no-subscription",
            description = "The rows came by other means than a subscription of the target, and all have arrived.")
    private boolean noSubscription;

    @Option(
            names = "--both-write",
            description = "Both databases take inserts afterwards: compare remainders and ranges of their sequences.")
    private boolean bothWrite;

    @Option(
            names = "--way-back",
            description =
                    "Compare for the way back: TARGET is in use, and SOURCE takes over. Implies --no-subscription.")
    private boolean wayBack;

    /** The names are those of the option's values. */
    enum Output {
        table,
        json,
        sql,
        markdown
    }

    @Override
    public Integer call() throws InterruptedException {
        var terminal = new Terminal(System.getenv());
        try {
            var environment = new Environment(System.getenv());
            var from = side(wayBack ? target : source, environment, terminal);
            var to = side(wayBack ? source : target, environment, terminal);
            var between = span("--apart", apart);
            var options = new CutoverOptions(span("--until-stop", untilStop), !noSubscription && !wayBack, bothWrite);
            var clock = InstantSource.system();
            var inspector = new CutoverInspector(clock, from, to, options);
            var result = inspector.inspect(between);
            while (watch) {
                terminal.print(clock.instant().truncatedTo(ChronoUnit.SECONDS) + "  " + ComparisonTable.line(result));
                if (result.verdict() == CutoverVerdict.Go) {
                    break;
                }
                result = inspector.inspect(between);
            }
            if (result instanceof CutoverResult.NotRead notRead) {
                terminal.complain("UNKNOWN: " + notRead.sentence());
            }
            if ((!watch || output != Output.table)
                    && (output == Output.json || result instanceof CutoverResult.Compared)) {
                terminal.print(render(result, terminal));
            }
            return result.verdict().exitCode();
        } catch (UsageException | InvalidMonitorException e) {
            terminal.complain(String.valueOf(e.getMessage()));
            return CutoverVerdict.CouldNotLook.exitCode();
        }
    }

    private String render(CutoverResult result, Terminal terminal) {
        return switch (output) {
            case table ->
                ComparisonTable.render(
                        result, new InspectionTable.Options(all, !noRemedies, terminal.colour(), terminal.width()));
            case json -> ComparisonJson.render(result);
            case sql -> ComparisonScript.render(result);
            case markdown -> ComparisonMarkdown.render(result);
        };
    }

    private Side side(String given, Environment environment, Terminal terminal)
            throws UsageException, InvalidMonitorException {
        var passwords = environment.passwords(terminal::complain);
        if (isFile(given)) {
            var config = MonitorConfig.of(MonitorFile.read(Path.of(given)), environment.secret(), environment.ca())
                    .with(passwords);
            var databases = config.databases().include();
            if (databases.size() != 1 || Globs.isPattern(databases.getFirst())) {
                throw new UsageException(
                        given
                                + ": name one database, without a pattern, under spec.databases.include: two databases are compared.");
            }
            var name = databases.getFirst();
            return new Side(config.target(), name, scope(config.scope(name)), config.inspectionTimeout());
        }
        try {
            var connection = environment.connection(given, Map.of());
            return new Side(
                    environment.target(connection).with(passwords),
                    environment.database(connection),
                    scope(Scope.ALL),
                    PATIENCE);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() + ".");
        }
    }

    /** Both sides by the same patterns. */
    private Scope scope(Scope own) {
        var globs = new Globs(schemas == null ? Globs.ALL.include() : schemas, excluded == null ? List.of() : excluded);
        return new Scope(own.schemas().and(globs), own.links(), own.denied(), own.limits());
    }

    private static boolean isFile(String given) {
        try {
            return !given.contains("://") && !given.contains("=") && Files.isRegularFile(Path.of(given));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Duration span(String option, String text) throws UsageException {
        var span = SPAN.matcher(text);
        if (!span.matches()) {
            throw new UsageException(option + " " + text + " is no time: write for example 30s, 5m or 2h.");
        }
        var number = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
