package dev.seqwatch.operator;

import dev.seqwatch.config.Globs;
import dev.seqwatch.config.InvalidMonitorException;
import dev.seqwatch.postgres.connection.Target;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hosts that this operator connects to, so that a user who may create a monitor cannot send it, and the logins of a Secret,
 * anywhere.
 *
 * @param patterns where {@code *} stands for any text and {@code ?} for any one character; upper and lower case are equal,
 *     a dot at the end does not count, and a pattern of digits and dots matches IPv4 addresses alone
 */
public record AllowedHosts(List<String> patterns) {
    private static final Pattern DOT_AT_END = Pattern.compile("[.]$");
    private static final Pattern OF_IPV4 = Pattern.compile("[0-9.*?]*[0-9][0-9.*?]*");

    /** Initialised last: the constructor uses the patterns above. */
    public static final AllowedHosts ALL = new AllowedHosts(List.of("*"));

    public AllowedHosts {
        patterns = patterns.stream().map(AllowedHosts::canonical).toList();
    }

    /** @throws InvalidMonitorException where one of the target's hosts is not allowed */
    void check(Target target) throws InvalidMonitorException {
        for (var host : target.hosts()) {
            if (!allows(host)) {
                throw new InvalidMonitorException(
                        InvalidMonitorException.Reason.HostNotAllowed,
                        "This operator does not connect to the host in "
                                + target.origin().host()
                                + ": name another host, or have SEQWATCH_ALLOWED_HOSTS of the operator allow it.");
            }
        }
    }

    boolean allows(Target.Host host) {
        var name = DOT_AT_END.matcher(host.name()).replaceFirst("");
        return patterns.stream()
                .filter(pattern -> host.isAddress() || !OF_IPV4.matcher(pattern).matches())
                .anyMatch(pattern -> new Globs(List.of(pattern), List.of()).test(name));
    }

    /** An address without wildcards may be written in any notation. */
    private static String canonical(String pattern) {
        try {
            return DOT_AT_END
                    .matcher(new Target.Host(pattern, Target.Host.DEFAULT_PORT).name())
                    .replaceFirst("");
        } catch (IllegalArgumentException e) {
            return DOT_AT_END.matcher(pattern.toLowerCase(Locale.ROOT)).replaceFirst("");
        }
    }
}
