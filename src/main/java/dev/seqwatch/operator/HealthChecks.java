package dev.seqwatch.operator;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What {@code /health/live}, {@code /health/ready} and {@code /health/started} say. */
final class HealthChecks {
    @Produces
    @Singleton
    @Liveness
    HealthCheck inspecting(Watchdog watchdog) {
        return () -> HealthCheckResponse.named("inspections")
                .status(watchdog.alive())
                .withData("lastProgress", watchdog.lastProgress().toString())
                .build();
    }

    /** A replica that waits for the lease is ready too: it has its caches and could take over. */
    @Produces
    @Singleton
    @Readiness
    HealthCheck ready(OperatorProcess process) {
        return watching(process);
    }

    @Produces
    @Singleton
    @Startup
    HealthCheck started(OperatorProcess process) {
        return watching(process);
    }

    private static HealthCheck watching(OperatorProcess process) {
        return () -> HealthCheckResponse.named("watching monitors")
                .status(process.watching())
                .build();
    }
}
