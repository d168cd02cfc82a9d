package dev.seqwatch;

import dev.seqwatch.cli.CheckCommand;
import dev.seqwatch.cli.CompareCommand;
import dev.seqwatch.cli.cluster.RemediesCommand;
import dev.seqwatch.operator.OperatorCommand;
import dev.seqwatch.report.text.Printable;
import dev.seqwatch.report.text.Verdict;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: {@code operator} runs in a cluster, {@code check} looks once and ends. */
@QuarkusMain
public class Seqwatch implements QuarkusApplication {
    private static final int COULD_NOT_LOOK = Verdict.CouldNotLook.exitCode();

    /** In a URI's authority or among its parameters. */
    private static final Pattern PASSWORD = Pattern.compile("(://[^:/@\\s]*:)\\S*(?=@)|(password=)[^&\\s]*");

    /** A connection that fails is a result, and no log line. The reference keeps the level from being forgotten. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private final CommandLine.IFactory factory;

    @Inject
    Seqwatch(CommandLine.IFactory factory) {
        this.factory = factory;
    }

    /** The command without a subcommand: says what there is. */
    @Command(
            name = "seqwatch",
            description = "Watches the health of PostgreSQL sequences, serial and identity columns.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            subcommands = {
                CheckCommand.class,
                CompareCommand.class,
                RemediesCommand.class,
                OperatorCommand.class,
                Completion.class
            })
    static class Root {}

    /** Without the operator: it is started by Kubernetes, and only Quarkus can create it, which the generator asks for. */
    @Command(
            name = "generate-completion",
            description = "Prints the completion of commands and options for bash and zsh: source it in your shell.",
            mixinStandardHelpOptions = true)
    static class Completion implements Runnable {
        @Spec
        private @Nullable CommandSpec command;

        @Override
        public void run() {
            var completion = Objects.requireNonNull(command);
            var root = completion.root();
            root.removeSubcommand(OperatorCommand.NAME);
            var out = completion.commandLine().getOut();
            out.println(AutoComplete.bash(root.name(), root.commandLine()));
            out.flush();
        }
    }

    /** The version in the jar's manifest, the versions of PostgreSQL that the tests run on, and the running JVM. */
    static class Version implements CommandLine.IVersionProvider {
        static final int OLDEST_POSTGRES = 13;
        static final int NEWEST_POSTGRES = 18;

        @Override
        public String[] getVersion() {
            var version = Seqwatch.class.getPackage().getImplementationVersion();
            return new String[] {
                "seqwatch " + (version == null ? "of an unknown version" : version),
                "Tested with PostgreSQL " + OLDEST_POSTGRES + " to " + NEWEST_POSTGRES,
                "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
            };
        }
    }

    /**
     * Only the operator needs what Quarkus brings: the Kubernetes client, metrics, health and its port. Every other
     * command is run without, which halves its time and leaves nothing that could open a port or log.
     *
     * <p>The locale of the machine decides about digits, decimal points and the language of the driver's messages: SQL and
     * reasons must not depend on it.
     */
    public static void main(String... arguments) {
        Locale.setDefault(Locale.ROOT);
        DRIVER.setLevel(Level.OFF);
        var command = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        if (command.equals(OperatorCommand.NAME)) {
            OperatorCommand.prepare();
            Quarkus.run(Seqwatch.class, arguments);
        } else {
            System.exit(execute(CommandLine.defaultFactory(), arguments));
        }
    }

    @Override
    public int run(String... arguments) {
        return execute(factory, arguments);
    }

    private static int execute(CommandLine.IFactory factory, String... arguments) {
        return new CommandLine(new Root(), factory)
                .setParameterExceptionHandler(Seqwatch::complain)
                .setExitCodeExceptionMapper(_ -> COULD_NOT_LOOK)
                .execute(arguments);
    }

    /** One line, not a page of usage, and without the password of a URI that stands in the wrong place. */
    private static int complain(CommandLine.ParameterException problem, String[] arguments) {
        var command = problem.getCommandLine();
        command.getErr()
                .println("seqwatch: "
                        + Printable.line(PASSWORD.matcher(String.valueOf(problem.getMessage()))
                                .replaceAll("$1$2…"))
                        + " (try " + command.getCommandSpec().qualifiedName() + " --help)");
        return COULD_NOT_LOOK;
    }
}
