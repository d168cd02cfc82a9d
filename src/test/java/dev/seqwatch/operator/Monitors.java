package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seqwatch.cluster.Kubectl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Monitors of one namespace, handled by kubectl as a user would.
 *
 * @param port of the database on this machine
 */
record Monitors(Kubectl kubectl, String namespace, int port) {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final int NOBODY_LISTENS = 1;

    static Monitors in(Kubectl kubectl, String namespace) {
        return new Monitors(kubectl, namespace, NOBODY_LISTENS);
    }

    void secret(String... literals) {
        var command = new ArrayList<>(List.of("create", "secret", "generic", "login"));
        List.of(literals).forEach(literal -> command.add("--from-literal=" + literal));
        run(command.toArray(String[]::new));
    }

    void create(String name, String interval) {
        create(name, interval, "127.0.0.1", "*");
    }

    void create(String name, String interval, String host, String databases) {
        kubectl.apply("""
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: %s, namespace: %s, labels: {team: a}}
                spec:
                  interval: %s
                  connection: {host: %s, port: %d, credentials: {secretRef: {name: login}}}
                  databases: {include: ["%s"]}
                """.formatted(name, namespace, interval, host, port, databases));
    }

    void patch(String name, String patch) {
        run("patch", "seqmon", name, "--type=merge", "-p=" + patch);
    }

    String run(String... command) {
        var inNamespace = Arrays.copyOf(command, command.length + 1);
        inNamespace[command.length] = "--namespace=" + namespace;
        return kubectl.expect(inNamespace);
    }

    String field(String name, String path) {
        return run("get", "seqmon", name, "-o=jsonpath={" + path + "}");
    }

    /** @param expected status and reason */
    void awaitCondition(String name, String type, String expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(run(
                                "get",
                                "seqmon",
                                name,
                                "-o=jsonpath={range .status.conditions[?(@.type=='" + type
                                        + "')]}{.status} {.reason}{end}"))
                        .isEqualTo(expected));
    }

    void awaitField(String name, String path, String expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(field(name, path)).isEqualTo(expected));
    }
}
