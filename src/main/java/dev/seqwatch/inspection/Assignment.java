package dev.seqwatch.inspection;

import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.catalog.Target;
import dev.seqwatch.check.Policy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** STUB of the lead's: what to inspect, how, and how often. */
public record Assignment(Target target, Policy policy, Duration interval) {
    public static Assignment of(SequenceMonitorSpec spec, SecretData credentials, @Nullable String ca)
            throws InvalidMonitor {
        var user = credentials.values().get("username");
        if (user == null) {
            throw new InvalidMonitor(InvalidMonitor.Reason.SecretIncomplete, "The Secret has no key username; add it.");
        }
        var connection = spec.connection();
        var host = connection.host();
        if (host == null) {
            throw new InvalidMonitor(
                    InvalidMonitor.Reason.InvalidSpec, "Neither the spec nor the Secret names a host; add one.");
        }
        var target = new Target(
                List.of(new Target.Host(host, connection.port())),
                new Target.Credentials(user, credentials.values().get("password")),
                new Target.Tls(Target.Tls.Mode.Prefer, ca),
                connection.maxConnections(),
                Target.Timeouts.DEFAULT);
        var exhaustion = spec.thresholds().exhaustion();
        var policy = new Policy(
                new Policy.Thresholds(exhaustion.warningPercent(), exhaustion.criticalPercent()),
                java.util.Map.of(),
                java.util.Set.of());
        return new Assignment(
                target, policy, Duration.parse("PT" + spec.interval().toUpperCase(java.util.Locale.ROOT)));
    }
}
