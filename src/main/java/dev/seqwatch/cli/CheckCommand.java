package dev.seqwatch.cli;

import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec.SequenceSeries;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.config.Declarations;
import dev.seqwatch.config.Globs;
import dev.seqwatch.config.InvalidMonitorException;
import dev.seqwatch.config.MonitorConfig;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.Inspector;
import dev.seqwatch.inspection.KnownDatabases;
import dev.seqwatch.inspection.ServerHistory;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.inspection.SpecWarnings;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.report.metrics.InspectionMetrics;
import dev.seqwatch.report.metrics.MetricSettings;
import dev.seqwatch.report.metrics.MonitorName;
import dev.seqwatch.report.text.InspectionJson;
import dev.seqwatch.report.text.InspectionMarkdown;
import dev.seqwatch.report.text.InspectionTable;
import dev.seqwatch.report.text.RemedyScript;
import dev.seqwatch.report.text.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One inspection, printed; the exit code is the verdict. */
@Command(
        name = CheckCommand.NAME,
        sortOptions = false,
        description = "Inspects the sequences of a database, of a server or of a monitor once, and says what is wrong.",
        footer = {
            "",
            "What is not given comes from where psql takes it: PGSERVICE and the service file, PGHOST, PGPORT, PGDATABASE,",
            "PGUSER, PGPASSWORD, PGPASSFILE, PGSSLMODE, PGSSLROOTCERT. Nothing is ever written to a database.",
            "",
            "Exit codes: 0 healthy, 1 Warning, 2 Critical, 3 unknown (one of several databases is enough)."
        })
public class CheckCommand implements Callable<Integer> {
    public static final String NAME = "check";

    /** Stands for the monitor in metrics. */
    private static final MonitorName ONCE = new MonitorName("", NAME);

    /** Time for one database whose URI is given: no schedule waits for it. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Parameters(
            arity = "0..1",
            paramLabel = "DATABASE",
            description =
                    "Its name, a URI (postgresql://user@host:port/name) or a connection string (host=… dbname=…).")
    private @Nullable String named;

    @Option(
            names = {"-d", "--dbname"},
            paramLabel = "DATABASE",
            description = "The same as an option.")
    private @Nullable String dbname;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "Where the server listens, or the directory of its socket (default: PGHOST, the socket of this machine, localhost).")
    private @Nullable String host;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Its port (default: PGPORT, 5432).")
    private @Nullable String port;

    @Option(
            names = {"-U", "--username"},
            paramLabel = "NAME",
            description = "The role to connect as (default: PGUSER, the user of the system).")
    private @Nullable String username;

    @Option(names = "--all-databases", description = "Every database of the server that the role may connect to.")
    private boolean allDatabases;

    @Option(
            names = {"-n", "--schema"},
            paramLabel = "PATTERN",
            description = "Only schemas that match, for example sales or sales_*; may be given several times.")
    private @Nullable List<String> schemas;

    @Option(names = "-h", description = "Prints this help. To name a host, write --host.")
    private boolean shortHelp;

    @Option(names = "--help", usageHelp = true, hidden = true)
    private boolean help;

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "YAML of a SequenceMonitor: its address, its databases and its policy.")
    private @Nullable Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description =
                    "table (default); json; sql: one psql script with the remedies of Critical and Warning findings;"
                            + " markdown: for a ticket or a pull request; prometheus: for the textfile collector.")
    private Output output = Output.table;

    @Option(
            names = "--all",
            description =
                    "List Info findings too, and each of many findings of one kind; with -o sql, Info findings as comments.")
    private boolean all;

    @Option(names = "--no-remedies", description = "Leave the SQL that fixes a finding out of the table.")
    private boolean noRemedies;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Keep positions there from run to run, so that a forecast can be made.")
    private @Nullable Path history;

    /** The names are those of the option's values. */
    enum Output {
        table,
        json,
        sql,
        markdown,
        prometheus
    }

    @Override
    public Integer call() throws InterruptedException {
        var terminal = new Terminal(System.getenv());
        try {
            if (help || shortHelp) {
                return help(terminal);
            }
            var environment = new Environment(System.getenv());
            var config = config(environment).with(environment.passwords(terminal::complain));
            var clock = InstantSource.system();
            var kept = history == null
                    ? null
                    : new HistoryFile(history, config.target().address());
            var server = inspect(config, clock, kept == null ? ServerHistory.NONE : kept.read(), terminal);
            var inspections = server.inspections();
            var warnings = SpecWarnings.of(config, server, clock.instant());
            if (kept != null) {
                kept.write(inspections);
            }
            var anyRead = inspections.stream().anyMatch(CheckCommand::wasRead);
            if (output == Output.json || output == Output.prometheus || anyRead) {
                print(config, server, warnings, terminal);
            }
            if (!anyRead || !saysWhatWasNotRead()) {
                problems(server).forEach(terminal::complain);
            }
            if (output == Output.sql || output == Output.prometheus) {
                warnings.forEach(terminal::complain);
            }
            return Verdict.of(inspections).exitCode();
        } catch (UsageException | InvalidMonitorException e) {
            terminal.complain(String.valueOf(e.getMessage()));
            return Verdict.CouldNotLook.exitCode();
        }
    }

    private static ServerInspection inspect(
            MonitorConfig config, InstantSource clock, ServerHistory history, Terminal terminal)
            throws InterruptedException {
        try (var _ = Progress.start("Inspecting " + config.target().address(), terminal, clock)) {
            return new Inspector(clock).inspect(config, KnownDatabases.NONE, history);
        }
    }

    /** For a person, who would read it twice on a terminal. */
    private boolean saysWhatWasNotRead() {
        return output == Output.table || output == Output.markdown;
    }

    private static boolean wasRead(Inspection inspection) {
        return inspection.reading() instanceof ReadResult.Success;
    }

    /** A line for each database that was not read: where none was, this is all that there is to say. */
    private static List<String> problems(ServerInspection server) {
        return server.inspections().isEmpty()
                ? Stream.concat(
                                Stream.of(
                                        server.setAside().isEmpty()
                                                ? "No database of the server matches spec.databases: check its patterns."
                                                : "This role can read none of the databases that match spec.databases."),
                                server.setAside().stream().map(each -> each.database() + ": " + each.reason()))
                        .toList()
                : server.inspections().stream()
                        .flatMap(inspection -> switch (inspection.reading()) {
                            case ReadResult.Success _ -> Stream.<String>empty();
                            case ReadResult.Unreachable unreachable -> Stream.of("UNKNOWN: " + unreachable.sentence());
                        })
                        .toList();
    }

    private void print(MonitorConfig config, ServerInspection server, List<String> warnings, Terminal terminal)
            throws UsageException {
        if (output == Output.json) {
            terminal.print(out -> InspectionJson.print(server, warnings, out));
        } else {
            terminal.print(render(config, server, warnings, terminal));
        }
    }

    private String render(MonitorConfig config, ServerInspection server, List<String> warnings, Terminal terminal) {
        return switch (output) {
            case table ->
                InspectionTable.render(
                        server,
                        warnings,
                        new InspectionTable.Options(all, !noRemedies, terminal.colour(), terminal.width()));
            case json -> InspectionJson.render(server, warnings);
            case sql -> RemedyScript.render(server.inspections(), all);
            case markdown -> InspectionMarkdown.render(server, warnings);
            case prometheus ->
                InspectionMetrics.render(
                        ONCE,
                        server,
                        new MetricSettings(
                                SequenceSeries.All,
                                Integer.MAX_VALUE,
                                config.interval(),
                                config.policy().exhaustion()));
        };
    }

    private int help(Terminal terminal) throws UsageException {
        if (file != null || givesAConnection()) {
            throw new UsageException("-h prints the help: name the host with --host HOST.");
        }
        terminal.print(Objects.requireNonNull(command).commandLine().getUsageMessage());
        return Verdict.Healthy.exitCode();
    }

    private MonitorConfig config(Environment environment) throws UsageException, InvalidMonitorException {
        if (named != null && dbname != null) {
            throw new UsageException("The database is named twice: give it as --dbname or as the argument.");
        }
        if (file != null) {
            if (givesAConnection() || allDatabases) {
                throw new UsageException(
                        "-f FILE says where to connect: leave out the database and the options of the connection.");
            }
            return MonitorConfig.of(MonitorFile.read(file), environment.secret(), environment.ca());
        }
        if (!givesAConnection() && !allDatabases && !environment.namesAServer()) {
            throw new UsageException(
                    "Say where to look: a URI (postgresql://user@host/database), a connection string, --host and --dbname, -f monitor.yaml, PGSERVICE, or PGHOST and PGDATABASE.");
        }
        try {
            var connection = environment.connection(named == null ? dbname : named, options());
            var database = environment.database(connection);
            return new MonitorConfig(
                    environment.target(connection),
                    database,
                    allDatabases ? Globs.ALL : new Globs(List.of(database), List.of()),
                    schemas == null ? Globs.ALL : new Globs(schemas, List.of()),
                    Declarations.NONE,
                    CheckPolicy.DEFAULT,
                    Duration.ZERO,
                    PATIENCE);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() + ".");
        }
    }

    private boolean givesAConnection() {
        return Stream.of(named, dbname, host, port, username).anyMatch(Objects::nonNull);
    }

    /** By the keywords of libpq. */
    private Map<String, String> options() {
        var options = new HashMap<String, String>();
        put(options, "host", host);
        put(options, "port", port);
        put(options, "user", username);
        return options;
    }

    private static void put(Map<String, String> options, String keyword, @Nullable String value) {
        if (value != null) {
            options.put(keyword, value);
        }
    }
}
