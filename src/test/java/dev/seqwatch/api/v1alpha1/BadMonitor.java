package dev.seqwatch.api.v1alpha1;

import java.util.stream.Stream;

/**
 * A spec that must be refused.
 *
 * @param spec flow YAML
 * @param field that the refusal names
 * @param words that it says about the cure, or about what is allowed
 */
record BadMonitor(String spec, String field, String words) {
    /** What the API server and {@code inspection.SpecProblems} refuse alike. */
    static Stream<BadMonitor> understoodByJava() {
        return Stream.of(
                onDb("interval: 9s", "spec.interval", "10s or more"),
                onDb("interval: 0m9s", "spec.interval", "10s or more"),
                onDb("interval: '5'", "spec.interval", "\"5\": write a duration such as 90s, 5m or 1h30m"),
                onDb("interval: ''", "spec.interval", "such as 90s, 5m or 1h30m"),
                onDb("interval: -5m", "spec.interval", "such as 90s, 5m or 1h30m"),
                onDb("interval: 99999999h", "spec.interval", "such as 90s, 5m or 1h30m"),
                connection("", "spec.connection", "set host, or hosts, or credentials.secretRef"),
                connection("hosts: []", "spec.connection", "set host, or hosts, or credentials.secretRef"),
                connection("host: a, hosts: [{host: b}]", "spec.connection.hosts", "either host or hosts"),
                connection("host: ''", "spec.connection.host", "one DNS name or IP address"),
                connection("host: 'a,b'", "spec.connection.host", "for several use hosts"),
                connection("host: 'a b'", "spec.connection.host", "one DNS name or IP address"),
                connection("host: 'db:5432'", "spec.connection.host", "without port"),
                connection("host: '[::1]'", "spec.connection.host", "brackets"),
                connection("host: /var/run/postgresql", "spec.connection.host", "slashes"),
                connection("host: 'postgresql://db/shop'", "spec.connection.host", "slashes"),
                connection("host: 'db?ssl=false'", "spec.connection.host", "one DNS name or IP address"),
                connection("host: db, port: 0", "spec.connection.port", "1"),
                connection("host: db, port: 65536", "spec.connection.port", "65535"),
                connection("hosts: [{host: a}, {host: 'b,c'}]", "spec.connection.hosts[1].host", "one DNS name"),
                connection("hosts: [{host: a, port: 0}]", "spec.connection.hosts[0].port", "1"),
                connection("host: db, maxConnections: 0", "spec.connection.maxConnections", "1"),
                connection("host: db, maxConnections: 17", "spec.connection.maxConnections", "16"),
                connection(
                        "credentials: {secretRef: {name: Shop_DB}}",
                        "spec.connection.credentials.secretRef.name",
                        "name of an object"),
                connection(
                        "host: db, tls: {mode: require, caSecretRef: {name: ca}}",
                        "spec.connection.tls.caSecretRef",
                        "verify-ca or verify-full"),
                connection(
                        "host: db, tls: {mode: verify-ca, caSecretRef: {name: ../ca}}",
                        "spec.connection.tls.caSecretRef.name",
                        "name of an object"),
                onDb("databases: {include: ['shop', '']}", "spec.databases.include", "a pattern is not empty"),
                onDb("databases: {include: ['shop[12]']}", "spec.databases.include", "\"shop[12]\": a pattern"),
                onDb("databases: {exclude: ['{a,b}']}", "spec.databases.exclude", "write ? for [ ]"),
                onDb("schemas: {include: ['a\\']}", "spec.schemas.include", "knows * (any text) and ?"),
                onDb("schemas: {exclude: [\"a\\nb\"]}", "spec.schemas.exclude", "control characters"),
                exhaustion("warningPercent: 90, criticalPercent: 90", "warningPercent", "lower than criticalPercent"),
                exhaustion(
                        "warningPercent: 95",
                        "warningPercent",
                        "lower than criticalPercent, which is 90 where it is not set"),
                exhaustion("criticalPercent: 70", "warningPercent", "lower than criticalPercent"),
                exhaustion("warningPercent: 0", "warningPercent", "1"),
                exhaustion("criticalPercent: 101", "criticalPercent", "100"),
                onDb("metrics: {maxSequences: 0}", "spec.metrics.maxSequences", "1"),
                onDb("metrics: {maxSequences: 10001}", "spec.metrics.maxSequences", "10000"),
                onDb(
                        "checks: [{name: MonitorBlind, severity: Info}, {name: MonitorBlind, severity: Warning}]",
                        "spec.checks[1]",
                        "MonitorBlind"));
    }

    /** What does not fit into the records at all. */
    static Stream<BadMonitor> againstTheTypes() {
        return Stream.of(
                new BadMonitor("{interval: 5m}", "spec.connection", "Required"),
                onDb("checks: [{name: Exhaustion, severity: Info}]", "spec.checks[0].name", "SequenceExhaustion"),
                onDb("checks: [{name: MonitorBlind, severity: Bad}]", "spec.checks[0].severity", "Critical"),
                onDb("checks: [{name: MonitorBlind}]", "spec.checks[0].severity", "Required"),
                onDb("metrics: {sequences: Some}", "spec.metrics.sequences", "AtRisk"),
                onDb("suspend: maybe", "spec.suspend", "boolean"),
                onDb("interval: 300", "spec.interval", "string"),
                connection("host: db, tls: {mode: VerifyFull}", "spec.connection.tls.mode", "verify-full"),
                connection("host: db, credentials: {}", "spec.connection.credentials.secretRef", "Required"),
                connection("host: db, credentials: {secretRef: {}}", "credentials.secretRef.name", "Required"),
                connection("hosts: [{port: 5432}]", "spec.connection.hosts[0].host", "Required"),
                exhaustion("warningPercent: 75.5", "warningPercent", "integer"));
    }

    private static BadMonitor connection(String connection, String field, String words) {
        return new BadMonitor("{connection: {" + connection + "}}", field, words);
    }

    private static BadMonitor onDb(String more, String field, String words) {
        return new BadMonitor("{connection: {host: db}, " + more + "}", field, words);
    }

    private static BadMonitor exhaustion(String exhaustion, String field, String words) {
        return onDb("thresholds: {exhaustion: {" + exhaustion + "}}", "spec.thresholds.exhaustion." + field, words);
    }

    @Override
    public String toString() {
        return spec;
    }
}
