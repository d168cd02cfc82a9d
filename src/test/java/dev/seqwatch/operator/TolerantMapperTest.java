package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class TolerantMapperTest {
    @Test
    void fields_of_a_newer_definition_are_passed_over() {
        var mapper = new ObjectMapper();
        new TolerantMapper().customize(mapper);
        var monitor = new KubernetesSerialization(mapper, true).unmarshal("""
                        apiVersion: seqwatch.dev/v1alpha1
                        kind: SequenceMonitor
                        metadata: {name: newer}
                        spec: {connection: {host: db, pooler: true}, horizon: 3}
                        status: {summary: {critical: 1, doomed: 2}, mood: good}
                        """, SequenceMonitor.class);
        assertThat(monitor.getSpec().connection().host()).isEqualTo("db");
        assertThat(monitor.getStatus().summary()).isNotNull();
    }
}
