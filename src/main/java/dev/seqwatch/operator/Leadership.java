package dev.seqwatch.operator;

import static java.util.Objects.requireNonNullElseGet;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Which of several replicas works. One that lost its lease must end: another works already. One that stops gives its
 * lease back, so that the other need not wait for its end.
 */
final class Leadership {
    static final String LEASE = "seqwatch";

    private static final Logger LOG = Logger.getLogger(Leadership.class);
    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
    private static final String EXPIRED = """
            {"spec":{"leaseDurationSeconds":15,"acquireTime":"1970-01-01T00:00:00.000000Z",\
            "renewTime":"1970-01-01T00:00:00.000000Z"}}""";
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final Optional<OperatorSettings.Candidate> candidate;
    private final Runnable onLost;
    private volatile boolean leading;
    private volatile boolean stopping;

    /** @param onLost ends the process */
    Leadership(KubernetesClient client, Optional<OperatorSettings.Candidate> candidate, Runnable onLost) {
        this.client = client;
        this.candidate = candidate;
        this.onLost = onLost;
        this.leading = candidate.isEmpty();
    }

    /** Offers {@code seqwatch_leader}: whether this replica works, or waits for the one that does. */
    void measure(MeterRegistry registry) {
        Gauge.builder("seqwatch_leader", this, self -> self.leading ? 1 : 0)
                .description("1 where this replica inspects, 0 where it waits for the lease")
                .register(registry);
    }

    /** Empty where there is one replica alone. Completes the lease before. */
    Optional<LeaderElectionConfiguration> configuration() {
        candidate.ifPresent(this::completeLease);
        return candidate.map(self -> LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(namespace(self))
                .withIdentity(self.identity())
                .withLeaseDuration(LEASE_DURATION)
                .withRenewDeadline(RENEW_DEADLINE)
                .withRetryPeriod(RETRY_PERIOD)
                .withLeaderCallbacks(new LeaderCallbacks(() -> leads(self), this::lost, _ -> {}))
                .build()); // never exits by itself on a lost lease: the callback does
    }

    /** From here on a lost lease is no news. */
    void stopping() {
        stopping = true;
    }

    /** To be called when no inspection runs any more. */
    void release() {
        candidate.ifPresent(self -> {
            try {
                var lease = client.leases().inNamespace(namespace(self)).withName(LEASE);
                var current = lease.get();
                if (current != null && self.identity().equals(current.getSpec().getHolderIdentity())) {
                    lease.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"holderIdentity\":\"\"}}");
                }
            } catch (KubernetesClientException e) {
                LOG.warnf(
                        "Could not release the leader lease, so the next leader takes over only when it expires: %s",
                        e.getMessage());
            }
        });
    }

    /**
     * Gives the times of an expired lease to one that was applied without, as an installation ships it: the client's
     * election throws at a lease without times. A failure is left to the election, which tries again and reports it.
     */
    private void completeLease(OperatorSettings.Candidate self) {
        try {
            var lease = client.leases().inNamespace(namespace(self)).withName(LEASE);
            var current = lease.get();
            if (current != null
                    && (current.getSpec() == null || current.getSpec().getRenewTime() == null)) {
                lease.patch(PatchContext.of(PatchType.JSON_MERGE), EXPIRED);
            }
        } catch (KubernetesClientException e) {
            LOG.warnf("Could not read or complete the leader lease %s: %s", LEASE, e.getMessage());
        }
    }

    private String namespace(OperatorSettings.Candidate self) {
        return requireNonNullElseGet(
                self.namespace(), () -> requireNonNullElseGet(client.getNamespace(), () -> "default"));
    }

    private void leads(OperatorSettings.Candidate self) {
        leading = true;
        LOG.infof("This replica (%s) is now the leader", self.identity());
    }

    private void lost() {
        leading = false;
        if (!stopping) {
            LOG.error(
                    "Lost the leader lease: this process ends so that two replicas never inspect at the same time, and starts again");
            onLost.run();
        }
    }
}
