package dev.seqwatch.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.seqwatch.cluster.SharedCluster;
import dev.seqwatch.config.SpecValidator;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the resource, as a real API server and {@link SpecValidator} keep them. */
@SuppressWarnings("NullAway.Init")
class MonitorRulesIT {
    private static KubernetesClient client;

    @BeforeAll
    static void connect() {
        client = SharedCluster.get().client();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    static Stream<BadMonitor> refused() {
        return Stream.concat(refusedByJava(), BadMonitor.againstTheTypes());
    }

    static Stream<BadMonitor> refusedByJava() {
        return Stream.concat(BadMonitor.understoodByJava(), BadMonitor.declarationsUnderstoodByJava());
    }

    static Stream<String> taken() {
        return Stream.of(
                "{connection: {host: db}}",
                "{connection: {host: shop-db-rw.shop.svc.cluster.local., port: 5433}}",
                "{connection: {host: 10.0.0.7}}",
                "{connection: {host: '::1'}}",
                "{connection: {host: '2001:db8::7'}}",
                "{connection: {host: My_Host}}",
                "{connection: {host: '::ffff:192.0.2.7'}}",
                "{connection: {host: 1and1.example}}",
                "{connection: {hosts: [{host: a}, {host: b, port: 6432}], maxConnections: 16}}",
                "{connection: {credentials: {secretRef: {name: shop-db-monitor}}}}",
                "{connection: {host: db, tls: {mode: disable}}}",
                "{connection: {host: db, tls: {mode: verify-full, caSecretRef: {name: shop-db-ca}}}}",
                "{connection: {host: db, timeouts: {}}}",
                "{connection: {host: db, timeouts: {connect: 1s, statement: 1m30s, lock: 1ms, socket: 15m, inspection: 12h}}}",
                "{connection: {host: db, timeouts: {connect: 60s, statement: 10m, lock: 10s, inspection: 10s}}}",
                "{connection: {host: db}, interval: 10s}",
                "{connection: {host: db}, interval: 1h30m}",
                "{connection: {host: db}, suspend: true}",
                "{connection: {host: db}, databases: {include: ['shop*', 'Größe ?', 'it''s \"odd\"'], exclude: []}}",
                "{connection: {host: db}, databases: {include: []}}",
                "{connection: {host: db}, schemas: {exclude: ['audit', 'pg_*', '$a.b']}}",
                "{connection: {host: db}, thresholds: {exhaustion: {warningPercent: 1, criticalPercent: 100}}}",
                "{connection: {host: db}, checks: [{name: SequenceUnowned, severity: 'Off'}]}",
                "{connection: {host: db}, metrics: {sequences: None, maxSequences: 1}}",
                "{connection: {host: db}, thresholds: {forecast: {warningDays: 3650, criticalDays: 1}}}",
                "{connection: {host: db}, limits: [{column: shop.public.orders.id, max: '9007199254740991', reason: JS}]}",
                "{connection: {host: db}, limits: [{column: 'shop.public.\"odd.name\".\"say \"\"id\"\"\"', max: '0'}]}",
                "{connection: {host: db}, limits: [{column: 'Größe.a b.$t.ID', max: '-9223372036854775808'}]}",
                "{connection: {host: db}, limits: [{column: a.b.c.d, max: '9223372036854775807'}]}",
                "{connection: {host: db}, limits: [{column: \"a.b.\\\"c\\nc\\\".d\", max: '1'}]}",
                "{connection: {host: db}, links: [{sequence: shop.public.s, column: shop.public.t.id}]}",
                "{connection: {host: db}, links: [{sequence: '\"shop\".public.s', column: shop.public.t.id}]}",
                "{connection: {host: db}, ignore: [{objects: ['*.legacy.*'], checks: ['*'], reason: frozen, until: '2027-03-31'}]}",
                "{connection: {host: db}, ignore: [{objects: ['*'], reason: r, until: 2028-02-29}]}",
                "{connection: {host: db}, ignore: [{objects: [shop, 'shop.public.it''s \"odd\"'], reason: r}]}");
    }

    @ParameterizedTest
    @MethodSource
    void refused(BadMonitor bad) {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> dryRun(MonitorYaml.of("bad", bad.spec())))
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(422))
                .withMessageContainingAll(bad.field(), bad.words());
    }

    @ParameterizedTest
    @MethodSource
    void refusedByJava(BadMonitor bad) {
        assertThat(SpecValidator.of(MonitorYaml.parse(bad.spec())))
                .singleElement()
                .asString()
                .contains(bad.field(), bad.words())
                .doesNotContain("\n");
    }

    @Test
    void a_host_that_may_hold_a_password_is_not_shown() {
        var spec = "{connection: {host: 'postgresql://u:hush@db'}}";

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> dryRun(MonitorYaml.of("bad", spec)))
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("hush"));
        assertThat(SpecValidator.of(MonitorYaml.parse(spec)))
                .singleElement()
                .asString()
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @MethodSource
    void taken(String spec) {
        dryRun(MonitorYaml.of("good", spec));
        assertThat(SpecValidator.of(MonitorYaml.parse(spec))).isEmpty();
    }

    private static void dryRun(String manifest) {
        client.resource(manifest).inNamespace("default").dryRun().create();
    }
}
