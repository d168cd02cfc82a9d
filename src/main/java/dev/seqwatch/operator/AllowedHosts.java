package dev.seqwatch.operator;

import dev.seqwatch.catalog.Target;
import dev.seqwatch.inspection.Globs;
import dev.seqwatch.inspection.InvalidMonitorException;
import java.util.List;
import java.util.Locale;

/**
 * Hosts that this operator connects to, so that who may create a monitor cannot send it, and the logins of a Secret,
 * anywhere.
 *
 * @param patterns where {@code *} stands for any text and {@code ?} for any one character; upper and lower case are one
 */
public record AllowedHosts(List<String> patterns) {
    public static final AllowedHosts ALL = new AllowedHosts(List.of("*"));

    public AllowedHosts {
        patterns = patterns.stream().map(AllowedHosts::lower).toList();
    }

    /** @throws InvalidMonitor where one of the target's hosts is not allowed */
    void check(Target target) throws InvalidMonitorException {
        for (var host : target.hosts()) {
            if (!allows(host.name())) {
                throw new InvalidMonitorException(
                        InvalidMonitorException.Reason.HostNotAllowed,
                        "This operator does not connect to " + host.name()
                                + ": name another host, or have SEQWATCH_ALLOWED_HOSTS of the operator allow it.");
            }
        }
    }

    boolean allows(String host) {
        return new Globs(patterns, List.of()).test(lower(host.replaceAll("[.]$", "")));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
