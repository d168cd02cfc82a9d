package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TolerantMapperTest {
    private final KubernetesSerialization serialization = serialization();

    @Test
    void fields_of_a_newer_definition_are_passed_over() {
        var monitor = monitor("""
                spec: {connection: {host: db, pooler: true}, horizon: 3}
                status: {summary: {critical: 1, doomed: 2}, mood: good}
                """);
        assertThat(monitor.getSpec().connection().host()).isEqualTo("db");
        assertThat(monitor.getStatus().summary()).isNotNull();
        assertThat(monitor.unreadable()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "checks: [{name: SequenceBehind, severity: Off}, {name: NewCheck, severity: Info}] | spec.checks[1].name",
                "checks: [{name: SequenceBehind, severity: Fatal}]                            | spec.checks[0].severity",
                "checks: [SequenceBehind]                                                     | spec.checks[0]",
                "checks: SequenceBehind                                                       | spec.checks",
                "metrics: {sequences: Some}                                                   | spec.metrics.sequences",
                "metrics: {maxSequences: 99999999999}                                         | spec.metrics.maxSequences",
                "metrics: {maxSequences: many}                                                | spec.metrics.maxSequences",
                "metrics: 3                                                                   | spec.metrics",
                "suspend: perhaps                                                             | spec.suspend",
                "interval: {every: 5m}                                                        | spec.interval",
                "databases: {include: [null]}                                                 | spec.databases"
            })
    void a_value_of_the_spec_that_is_not_understood_is_named(String line, String field) {
        var monitor = monitor("spec:\n  connection: {host: db}\n  " + line.strip() + "\n");
        assertThat(monitor.unreadable()).anyMatch(each -> each.startsWith(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{tls: {mode: quantum}}|spec.connection.tls.mode", "tcp|spec.connection"})
    void a_connection_that_is_not_understood_is_named(String connection, String field) {
        assertThat(monitor("spec: {connection: " + connection + "}\n").unreadable())
                .contains(field);
    }

    @Test
    void a_spec_that_is_no_object_is_named() {
        assertThat(monitor("spec: all\n").unreadable()).contains("spec");
        assertThat(monitor("spec: all\n").getSpec()).isNotNull();
    }

    @Test
    void a_status_that_is_not_understood_is_dropped() {
        var monitor = monitor("""
                spec: {connection: {host: db}}
                status:
                  observedGeneration: 100000000000000000000
                  summary: {critical: 100000000000, warning: 2}
                  lastInspectionTime: yesterday
                  databases: [{name: shop, role: Witness, sequences: 100000000000}]
                  findings: [{check: SequenceBehind, severity: Fatal}]
                """);
        assertThat(monitor.unreadable()).isEmpty();
        var summary = Objects.requireNonNull(monitor.getStatus().summary());
        assertThat(summary.critical()).isNull();
        assertThat(summary.warning()).isEqualTo(2);
        assertThat(monitor.getStatus().databases().getFirst().name()).isEqualTo("shop");
    }

    @Test
    void one_of_a_list_is_named_and_the_others_are_not() {
        var list = serialization.unmarshal("""
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitorList
                items:
                - apiVersion: seqwatch.dev/v1alpha1
                  kind: SequenceMonitor
                  metadata: {name: newer}
                  spec: {connection: {host: db}, checks: [{name: NewCheck, severity: Info}]}
                - apiVersion: seqwatch.dev/v1alpha1
                  kind: SequenceMonitor
                  metadata: {name: known}
                  spec: {connection: {host: db}}
                """, MonitorList.class);
        assertThat(list.getItems())
                .extracting(SequenceMonitor::unreadable)
                .containsExactly(List.of("spec.checks[0].name"), List.of());
    }

    static final class MonitorList extends DefaultKubernetesResourceList<SequenceMonitor> {}

    static KubernetesSerialization serialization() {
        var mapper = new ObjectMapper();
        new TolerantMapper().customize(mapper);
        return new KubernetesSerialization(mapper, true);
    }

    private SequenceMonitor monitor(String yaml) {
        return serialization.unmarshal("""
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: newer}
                """ + yaml, SequenceMonitor.class);
    }
}
