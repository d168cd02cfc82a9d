package dev.seqwatch.operator;

import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.report.status.MonitorEvents;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Writes Kubernetes Events of a monitor, in its namespace. */
record EventSink(KubernetesClient client, String instance) {
    private static final Logger LOG = Logger.getLogger(EventSink.class);
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** An event that cannot be written is logged: the status says the same, and lasts longer. */
    void write(SequenceMonitor monitor, List<MonitorEvents.Event> events, Instant now) {
        for (var event : events) {
            try {
                client.events()
                        .v1()
                        .events()
                        .resource(event(monitor, event, now))
                        .create();
            } catch (KubernetesClientException e) {
                LOG.logf(
                        namespaceEnds(e) ? Logger.Level.DEBUG : Logger.Level.WARN,
                        "Event %s of %s was not written: %s",
                        event.reason(),
                        InspectionSchedule.name(monitor),
                        ApiClient.reason(e));
            }
        }
    }

    /** A namespace that is being deleted takes no new objects. */
    private static boolean namespaceEnds(KubernetesClientException refusal) {
        var status = refusal.getStatus();
        return status != null
                && status.getDetails() != null
                && status.getDetails().getCauses().stream()
                        .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    private io.fabric8.kubernetes.api.model.events.v1.Event event(
            SequenceMonitor monitor, MonitorEvents.Event event, Instant now) {
        var metadata = monitor.getMetadata();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withGenerateName(prefix(metadata.getName()))
                .endMetadata()
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(monitor.getApiVersion())
                        .withKind(monitor.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .build())
                .withType(event.type().name())
                .withReason(event.reason().name())
                .withAction("Inspect")
                .withNote(event.note())
                .withEventTime(new MicroTime(MICROS.format(now)))
                .withReportingController(SequenceMonitor.GROUP + "/seqwatch")
                .withReportingInstance(instance)
                .build();
    }

    /** Room for the five characters that the API server adds, within the 253 of a name. */
    private static String prefix(String name) {
        return name.substring(0, Math.min(name.length(), 240)) + "-";
    }
}
