package dev.seqwatch.config;

import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.connection.PasswordFile;
import dev.seqwatch.postgres.connection.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to inspect, how, and how often.
 *
 * @param maintenanceDatabase database through which the others are discovered
 * @param inspectionTimeout time for one inspection as a whole, over all databases
 */
public record MonitorConfig(
        Target target,
        String maintenanceDatabase,
        Globs databases,
        Globs schemas,
        Declarations declarations,
        CheckPolicy policy,
        Duration interval,
        Duration inspectionTimeout) {
    /** A server has it unless somebody dropped it: manual, section 23.3. */
    public static final String DEFAULT_MAINTENANCE_DATABASE = "postgres";

    /**
     * What the spec leaves out comes from the Secret: its single keys first, its uri after them.
     *
     * @param ca PEM certificates that caSecretRef points to
     */
    public static MonitorConfig of(SequenceMonitorSpec spec, SecretData credentials, @Nullable String ca)
            throws InvalidMonitorException {
        var problems = SpecValidator.of(spec);
        if (!problems.isEmpty()) {
            throw new InvalidMonitorException(InvalidMonitorException.Reason.InvalidSpec, String.join("; ", problems));
        }
        var connection = spec.connection();
        var login = new Login(connection, credentials);
        var target = new Target(
                login.hosts(),
                login.credentials(),
                new Target.Tls(login.mode(), ca),
                connection.maxConnections(),
                Timeout.of(connection.timeouts()),
                login.origin());
        var interval = Interval.parse(spec.interval()).orElseThrow();
        return new MonitorConfig(
                target,
                login.database(),
                Globs.of(spec.databases()),
                Globs.of(spec.schemas()),
                Declarations.of(spec),
                MonitorPolicy.of(spec),
                interval,
                Timeout.inspection(connection.timeouts(), interval));
    }

    /** The same for a login whose password a file may hold. */
    public MonitorConfig with(PasswordFile passwords) {
        return new MonitorConfig(
                target.with(passwords),
                maintenanceDatabase,
                databases,
                schemas,
                declarations,
                policy,
                interval,
                inspectionTimeout);
    }

    /** What of one database is looked at. */
    public Scope scope(String database) {
        return declarations.scope(database, schemas);
    }
}
