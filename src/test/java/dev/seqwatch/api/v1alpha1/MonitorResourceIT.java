package dev.seqwatch.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.DatabaseStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingSeverity;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.ServerRole;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.Summary;
import dev.seqwatch.cluster.Kubectl;
import dev.seqwatch.cluster.SharedCluster;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The resource in the hands of kubectl and of a client, on a real API server. */
@SuppressWarnings("NullAway.Init")
class MonitorResourceIT {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private static KubernetesClient client;
    private static Kubectl kubectl;
    private static String namespace;

    @BeforeAll
    static void connect() {
        client = SharedCluster.get().client();
        kubectl = SharedCluster.get().kubectl();
        namespace = SharedCluster.newNamespace();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Test
    void defaults_are_the_same_on_the_server_and_in_the_records() {
        apply("defaults", "{connection: {host: db, port: 5432, credentials: {secretRef: {name: login}}}}");
        var stored = kubectl.expect("get", "seqmon", "defaults", "-n", namespace, "-o", "jsonpath={.spec}");
        assertThat(stored)
                .contains("\"interval\":\"5m\"", "\"include\":[\"*\"]", "\"warningPercent\":75", "\"criticalDays\":30");
        assertThat(read("defaults").getSpec())
                .isEqualTo(SequenceMonitorSpec.of(ConnectionSpec.of("db", 5432, "login")));
    }

    @Test
    void kubectl_refuses_an_unknown_field_by_name() {
        var outcome = kubectl.tryApply(MonitorYaml.of("typo", "{connection: {hostname: db}}"));
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.error()).contains("unknown field \"spec.connection.hostname\"");
    }

    @Test
    void kubectl_prints_the_rule_that_a_monitor_breaks() {
        var outcome = kubectl.tryApply(MonitorYaml.of("short", "{interval: 5s, connection: {host: db}}"));
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.error()).contains("spec.interval", Rules.INTERVAL_MESSAGE);
    }

    @Test
    void kubectl_refuses_a_bare_off_which_yaml_reads_as_false() {
        var outcome = kubectl.tryApply(MonitorYaml.of(
                "bare", "{connection: {host: db}, checks: [{name: InsufficientPrivileges, severity: Off}]}"));
        assertThat(outcome.error()).contains("spec.checks[0].severity", "must be of type string");
    }

    @Test
    void kubectl_explains_every_field() {
        assertThat(explained("seqmon.spec", "--recursive"))
                .contains("interval", "connection", "warningPercent", "enum:", "-required-");
        assertThat(explained("seqmon.spec")).contains("such as 90s, 5m or 1h30m; from 10s to 24h", "Default 5m");
        assertThat(explained("seqmon.spec.connection.tls.mode")).contains("As sslmode of psql");
        assertThat(explained("seqmon.spec.limits.max")).contains("as a string of digits");
        assertThat(explained("seqmon.spec.ignore.until")).contains("Last day on which they are ignored");
        assertThat(explained("seqmon.status.findings.remedy")).contains("as the owner of the objects");
    }

    @Test
    void kubectl_lists_the_columns_in_order() {
        apply("columns", "{connection: {host: db}}");
        patchStatus("columns", status(List.of(), List.of(), List.of(), List.of()));
        var lines = kubectl.expect("get", "seqmon", "-n", namespace).lines().toList();
        assertThat(lines.getFirst().split(" {2,}"))
                .containsExactly(
                        "NAME",
                        "READY",
                        "PROBLEM",
                        "CRITICAL",
                        "WARNING",
                        "HIGHEST %",
                        "DATABASES",
                        "LAST INSPECTION",
                        "AGE");
        assertThat(lines)
                .anySatisfy(
                        line -> assertThat(line).matches("columns +True +CriticalFindings +1 +3 +97 +2 +\\S+ +\\S+"));
    }

    @Test
    void the_category_holds_the_resource() {
        await().untilAsserted(() -> assertThat(kubectl.expect("api-resources", "--categories=seqwatch"))
                .contains("sequencemonitors", "seqmon"));
    }

    @Test
    void a_status_is_patched_alone_and_read_back() {
        apply("patched", "{connection: {host: db}}");
        var database = new DatabaseStatus(
                "shop", "18.6", ServerRole.Primary, "7423/16384", 412, 1, 3, 9, 1, 0, 4, NOW, 41L, null);
        var finding = new FindingStatus(
                "SequenceExhaustion",
                FindingSeverity.Critical,
                "shop",
                "public",
                "orders_id_seq",
                "public.orders",
                "id",
                null,
                "97 % used",
                "ALTER …",
                NOW,
                NOW,
                "locked");
        var ignored = new IgnoredStatus(
                "OrphanSequence",
                FindingSeverity.Info,
                "shop",
                "legacy",
                "old_seq",
                null,
                null,
                null,
                "frozen",
                "2027-03-31");
        var status = status(List.of(database), List.of(finding), List.of(ignored), List.of("spec.links[0]: …"));
        patchStatus("patched", status);
        assertThat(read("patched").getStatus()).isEqualTo(status);
        assertThat(read("patched").getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void the_largest_status_that_is_written_fits() {
        apply("large", "{connection: {host: db}}");
        var text = "é".repeat(SequenceMonitorStatus.MAX_TEXT);
        var remedy = "é".repeat(SequenceMonitorStatus.MAX_REMEDY);
        var database = new DatabaseStatus(
                "ü".repeat(63), "18.6", ServerRole.Standby, "1".repeat(31), 1, 1, 1, 1, 1, 1, 1, NOW, 1L, text);
        var finding = new FindingStatus(
                "InsufficientPrivileges",
                FindingSeverity.Warning,
                text,
                text,
                text,
                text,
                text,
                text,
                text,
                remedy,
                NOW,
                NOW,
                text);
        var ignored = new IgnoredStatus(
                "InsufficientPrivileges",
                FindingSeverity.Warning,
                text,
                text,
                text,
                text,
                text,
                text,
                text,
                "2027-03-31");
        var status = status(
                Collections.nCopies(SequenceMonitorStatus.MAX_DATABASES, database),
                Collections.nCopies(SequenceMonitorStatus.MAX_FINDINGS, finding),
                Collections.nCopies(SequenceMonitorStatus.MAX_FINDINGS, ignored),
                Collections.nCopies(SequenceMonitorStatus.MAX_NOTICES, text));
        patchStatus("large", status);
        assertThat(read("large").getStatus()).isEqualTo(status);
    }

    private static SequenceMonitorStatus status(
            List<DatabaseStatus> databases,
            List<FindingStatus> findings,
            List<IgnoredStatus> ignored,
            List<String> warnings) {
        var ready = new ConditionBuilder()
                .withType(SequenceMonitorStatus.READY)
                .withStatus("True")
                .withReason("Watching")
                .withLastTransitionTime(NOW.toString())
                .withObservedGeneration(1L)
                .build();
        var summary = new Summary(2, 412, 1, 3, 9, 1, 0, 4, 0, 97, 1, 0);
        var setAside = Collections.nCopies(
                SequenceMonitorStatus.MAX_SET_ASIDE,
                new SequenceMonitorStatus.SetAsideStatus("rdsadmin", "x".repeat(1_024)));
        return new SequenceMonitorStatus(
                1L,
                NOW,
                NOW.plusSeconds(4_100),
                "CriticalFindings",
                summary,
                databases,
                0,
                setAside,
                findings,
                0,
                ignored,
                warnings,
                List.of(),
                List.of(ready));
    }

    /** On one line, since kubectl wraps. */
    private static String explained(String... field) {
        return kubectl.expect(
                        Stream.concat(Stream.of("explain"), Stream.of(field)).toArray(String[]::new))
                .replaceAll("\\s+", " ");
    }

    private static void apply(String name, String spec) {
        client.resource(MonitorYaml.of(name, spec)).inNamespace(namespace).create();
    }

    private static SequenceMonitor read(String name) {
        return client.resources(SequenceMonitor.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    private static void patchStatus(String name, SequenceMonitorStatus status) {
        var monitor = new SequenceMonitor();
        monitor.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        monitor.setStatus(status);
        client.resource(monitor).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), monitor);
    }
}
