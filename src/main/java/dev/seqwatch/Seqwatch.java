package dev.seqwatch;

import dev.seqwatch.cli.CheckCommand;
import dev.seqwatch.operator.OperatorCommand;
import dev.seqwatch.report.Verdict;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code operator} runs in a cluster, {@code check} looks once and ends. */
@QuarkusMain
public class Seqwatch implements QuarkusApplication {
    private static final int COULD_NOT_LOOK = Verdict.CouldNotLook.exitCode();

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
            synopsisSubcommandLabel = "COMMAND",
            subcommands = {CheckCommand.class, OperatorCommand.class})
    static class Root {}

    /** Only the operator serves health and metrics; every other command opens no port and logs what is wrong alone. */
    public static void main(String... arguments) {
        var command = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        if (command.equals(OperatorCommand.NAME)) {
            OperatorCommand.prepare();
        } else {
            setDefault("quarkus.management.host-enabled", "false");
            setDefault("quarkus.log.level", "WARN");
        }
        Quarkus.run(Seqwatch.class, arguments);
    }

    @Override
    public int run(String... arguments) {
        return new CommandLine(new Root(), factory)
                .setParameterExceptionHandler(Seqwatch::complain)
                .execute(arguments);
    }

    /** One line, not a page of usage. */
    private static int complain(CommandLine.ParameterException problem, String[] arguments) {
        var command = problem.getCommandLine();
        command.getErr()
                .printf(
                        "seqwatch: %s (try %s --help)%n",
                        problem.getMessage(), command.getCommandSpec().qualifiedName());
        return COULD_NOT_LOOK;
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
