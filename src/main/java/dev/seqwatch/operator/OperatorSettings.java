package dev.seqwatch.operator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How this operator runs, from its environment.
 *
 * @param namespaces to watch, all where empty ({@code SEQWATCH_NAMESPACES}, separated by commas)
 * @param selector label selector of the monitors to watch, all where null ({@code SEQWATCH_SELECTOR})
 * @param concurrency databases read at once; one whose server lets us wait does not count ({@code
 *     SEQWATCH_CONCURRENCY})
 * @param allowedHosts patterns of hosts that may be connected to ({@code SEQWATCH_ALLOWED_HOSTS})
 * @param logLevel of everything that is logged ({@code SEQWATCH_LOG_LEVEL})
 * @param leadership as whom to stand for election; empty where this is the only replica ({@code
 *     SEQWATCH_LEADER_ELECTION}, {@code POD_NAME}, {@code POD_NAMESPACE})
 */
public record OperatorSettings(
        Set<String> namespaces,
        @Nullable String selector,
        int concurrency,
        AllowedHosts allowedHosts,
        LogLevel logLevel,
        Optional<Candidate> leadership) {
    static final int DEFAULT_CONCURRENCY = 4;
    private static final int MAX_CONCURRENCY = 1_000;

    /** RFC 1123, as Kubernetes holds it. */
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern SELECTOR = selectors();

    public OperatorSettings {
        namespaces = Set.copyOf(namespaces);
    }

    enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /**
     * One of several replicas.
     *
     * @param identity the name of the pod: a process id is the same in every container
     * @param namespace of the lease; null for the namespace that the client is in
     */
    public record Candidate(String identity, @Nullable String namespace) {}

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException with a message that names the variable
     */
    public static OperatorSettings from(Map<String, String> environment) {
        return new OperatorSettings(
                namespaces(environment),
                selector(environment),
                concurrency(environment),
                allowedHosts(environment),
                logLevel(environment),
                leadership(environment));
    }

    private static Set<String> namespaces(Map<String, String> environment) {
        var names = new TreeSet<>(list(environment, "SEQWATCH_NAMESPACES"));
        for (var name : names) {
            if (!NAMESPACE.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "SEQWATCH_NAMESPACES must be names of namespaces separated by commas," + " and \"" + name
                                + "\" is none: they have lower case letters, digits and - alone");
            }
        }
        return names;
    }

    private static @Nullable String selector(Map<String, String> environment) {
        var selector = text(environment, "SEQWATCH_SELECTOR").orElse(null);
        if (selector != null && !SELECTOR.matcher(selector).matches()) {
            throw new IllegalArgumentException(
                    "SEQWATCH_SELECTOR must be a label selector such as team=shop or \"tier in"
                            + " (web, batch), !legacy\", not \"" + selector + "\"");
        }
        return selector;
    }

    private static int concurrency(Map<String, String> environment) {
        var text = text(environment, "SEQWATCH_CONCURRENCY");
        if (text.isEmpty()) {
            return DEFAULT_CONCURRENCY;
        }
        try {
            var number = Integer.parseInt(text.get());
            if (number >= 1 && number <= MAX_CONCURRENCY) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the message below says it
        }
        throw new IllegalArgumentException("SEQWATCH_CONCURRENCY must be a whole number from 1 to " + MAX_CONCURRENCY
                + ", not \"" + text.get() + "\"");
    }

    private static AllowedHosts allowedHosts(Map<String, String> environment) {
        var patterns = list(environment, "SEQWATCH_ALLOWED_HOSTS");
        return patterns.isEmpty() ? AllowedHosts.ALL : new AllowedHosts(patterns);
    }

    private static LogLevel logLevel(Map<String, String> environment) {
        var text = text(environment, "SEQWATCH_LOG_LEVEL").orElse(LogLevel.INFO.name());
        return Stream.of(LogLevel.values())
                .filter(level -> level.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "SEQWATCH_LOG_LEVEL must be ERROR, WARN, INFO, DEBUG or TRACE, not \"" + text + "\""));
    }

    private static Optional<Candidate> leadership(Map<String, String> environment) {
        var pod = text(environment, "POD_NAME");
        var wanted = text(environment, "SEQWATCH_LEADER_ELECTION").orElse(String.valueOf(pod.isPresent()));
        return switch (wanted) {
            case "false" -> Optional.empty();
            case "true" ->
                Optional.of(new Candidate(
                        pod.orElseThrow(() -> new IllegalArgumentException(
                                "SEQWATCH_LEADER_ELECTION needs POD_NAME: set it to metadata.name of the pod")),
                        text(environment, "POD_NAMESPACE").orElse(null)));
            default ->
                throw new IllegalArgumentException(
                        "SEQWATCH_LEADER_ELECTION must be true or false, not \"" + wanted + "\"");
        };
    }

    /** The grammar of Kubernetes: documentation, "Labels and Selectors". */
    private static Pattern selectors() {
        var name = "[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";
        var key = "([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?" + name;
        var value = "(" + name + ")?";
        var set = "[(]\\s*" + value + "(\\s*,\\s*" + value + ")*\\s*[)]";
        var requirement = "\\s*(!?\\s*" + key + "|" + key + "\\s*(=|==|!=)\\s*" + value + "|" + key
                + "\\s+(in|notin)\\s*" + set + ")\\s*";
        return Pattern.compile(requirement + "(," + requirement + ")*");
    }

    /** One line for the log. */
    String summary() {
        return "namespaces: " + (namespaces.isEmpty() ? "all" : String.join(", ", new TreeSet<>(namespaces)))
                + "; selector: " + (selector == null ? "none" : selector)
                + "; databases read at once: " + concurrency
                + "; allowed hosts: " + String.join(", ", allowedHosts.patterns())
                + "; log level: " + logLevel
                + "; leader election: "
                + leadership.map(candidate -> "as " + candidate.identity()).orElse("off");
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(Predicate.not(String::isEmpty));
    }

    private static List<String> list(Map<String, String> environment, String name) {
        return text(environment, name).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }
}
