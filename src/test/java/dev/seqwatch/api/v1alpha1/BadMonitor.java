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
    /** What the API server and {@code config.SpecValidator} refuse alike. */
    static Stream<BadMonitor> understoodByJava() {
        return Stream.of(
                onDb("interval: 9s", "spec.interval", "from 10s to 24h"),
                onDb("interval: 0m9s", "spec.interval", "from 10s to 24h"),
                onDb("interval: 25h", "spec.interval", "from 10s to 24h"),
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
                connection("host: 999.999.999.999", "spec.connection.host", "one DNS name or IP address"),
                connection("host: '127.1'", "spec.connection.host", "one DNS name or IP address"),
                connection("host: ':::'", "spec.connection.host", "one DNS name or IP address"),
                connection("host: db, port: 0", "spec.connection.port", "1"),
                connection("host: db, port: 65536", "spec.connection.port", "65535"),
                connection("hosts: [{host: a}, {host: 'b,c'}]", "spec.connection.hosts[1].host", "one DNS name"),
                connection("hosts: [{host: a, port: 0}]", "spec.connection.hosts[0].port", "1"),
                connection("host: db, maxConnections: 0", "spec.connection.maxConnections", "1"),
                connection("host: db, maxConnections: 17", "spec.connection.maxConnections", "16"),
                timeouts("connect: '5'", "connect", "\"5\": write a duration such as 100ms, 10s or 2m, from 1s to 1m"),
                timeouts("connect: ''", "connect", "write a duration"),
                timeouts("connect: 999ms", "connect", "from 1s to 1m"),
                timeouts("connect: 61s", "connect", "from 1s to 1m"),
                timeouts("statement: 0s", "statement", "from 1s to 10m"),
                timeouts("statement: 1h", "statement", "from 1s to 10m"),
                timeouts("lock: 0ms", "lock", "from 1ms to 10s"),
                timeouts("lock: 1m", "lock", "from 1ms to 10s"),
                timeouts("lock: -1s", "lock", "from 1ms to 10s"),
                timeouts("socket: 16m", "socket", "from 1s to 15m"),
                timeouts("socket: 10s", "socket", "longer than statement"),
                timeouts("statement: 40s, socket: 30s", "socket", "longer than statement"),
                timeouts("inspection: 5s", "inspection", "from 10s to 12h"),
                timeouts("inspection: 13h", "inspection", "from 10s to 12h"),
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
                        "checks: [{name: InsufficientPrivileges, severity: Info}, {name: InsufficientPrivileges, severity: Warning}]",
                        "spec.checks[1]",
                        "InsufficientPrivileges"),
                forecast("warningDays: 30, criticalDays: 30", "criticalDays", "lower than warningDays"),
                forecast("warningDays: 20", "criticalDays", "lower than warningDays, which is 90 where it is not set"),
                forecast("criticalDays: 0", "criticalDays", "1"),
                forecast("warningDays: 3651", "warningDays", "3650"));
    }

    /** The same about what a monitor declares of objects in its databases. */
    static Stream<BadMonitor> declarationsUnderstoodByJava() {
        return Stream.of(
                limit(
                        "{column: shop.public.t, max: '7'}",
                        "column",
                        "\"shop.public.t\": write database.schema.table.column"),
                limit("{column: shop.public.t.id.x, max: '7'}", "column", "write database.schema.table.column"),
                limit("{column: shop..t.id, max: '7'}", "column", "write database.schema.table.column"),
                limit("{column: '', max: '7'}", "column", "write database.schema.table.column"),
                limit("{column: 'shop.public.\"t.id', max: '7'}", "column", "in double quotes"),
                limit("{column: 'shop.public.\"t\"x.id', max: '7'}", "column", "in double quotes"),
                limit("{column: 'shop.public.a\"t\".id', max: '7'}", "column", "in double quotes"),
                limit("{column: 'shop.\"\".t.id', max: '7'}", "column", "write database.schema.table.column"),
                limit("{column: \"shop.a\\nb.t.id\", max: '7'}", "column", "write database.schema.table.column"),
                limit("{column: shop.public.t.id, max: ''}", "max", "write digits"),
                limit("{column: shop.public.t.id, max: '1e9'}", "max", "\"1e9\": write digits"),
                limit("{column: shop.public.t.id, max: '2_000'}", "max", "write digits"),
                limit("{column: shop.public.t.id, max: '+7'}", "max", "write digits"),
                limit("{column: shop.public.t.id, max: '007'}", "max", "write digits"),
                limit("{column: shop.public.t.id, max: '9223372036854775808'}", "max", "to 9223372036854775807"),
                limit("{column: shop.public.t.id, max: '-9223372036854775809'}", "max", "from -9223372036854775808"),
                link("{sequence: public.s, column: shop.public.t.id}", "sequence", "write database.schema.sequence"),
                link("{sequence: shop.public.t.id, column: shop.public.t.id}", "sequence", "database.schema.sequence"),
                link("{sequence: shop.public.s, column: public.t.id}", "column", "write database.schema.table.column"),
                link("{sequence: shop.public.s, column: crm.public.t.id}", "column", "name the same database"),
                ignore("{objects: [], reason: r}", "objects", "at least 1"),
                ignore("{objects: ['*', ''], reason: r}", "objects", "a pattern is not empty"),
                ignore("{objects: ['*.{a,b}.*'], reason: r}", "objects", "\"*.{a,b}.*\": a pattern"),
                ignore("{objects: ['*'], checks: [], reason: r}", "checks", "at least 1"),
                ignore("{objects: ['*'], checks: ['Key[NB]*'], reason: r}", "checks", "\"Key[NB]*\": a pattern"),
                ignore("{objects: ['*'], reason: ''}", "reason", "give the reason"),
                ignore("{objects: ['*'], reason: '  '}", "reason", "give the reason"),
                ignore("{objects: ['*'], reason: r, until: tomorrow}", "until", "date"),
                ignore("{objects: ['*'], reason: r, until: '2027-3-1'}", "until", "date"),
                ignore("{objects: ['*'], reason: r, until: '2027-02-29'}", "until", "date"),
                ignore("{objects: ['*'], reason: r, until: '2027-03-31T00:00:00Z'}", "until", "date"));
    }

    /** What does not fit into the records at all. */
    static Stream<BadMonitor> againstTheTypes() {
        return Stream.of(
                new BadMonitor("{interval: 5m}", "spec.connection", "Required"),
                onDb("checks: [{name: Exhaustion, severity: Info}]", "spec.checks[0].name", "SequenceExhaustion"),
                onDb("checks: [{name: InsufficientPrivileges, severity: Bad}]", "spec.checks[0].severity", "Critical"),
                onDb("checks: [{name: InsufficientPrivileges}]", "spec.checks[0].severity", "Required"),
                onDb("metrics: {sequences: Some}", "spec.metrics.sequences", "AtRisk"),
                onDb("suspend: maybe", "spec.suspend", "boolean"),
                onDb("interval: 300", "spec.interval", "string"),
                connection("host: db, tls: {mode: VerifyFull}", "spec.connection.tls.mode", "verify-full"),
                connection("host: db, credentials: {}", "spec.connection.credentials.secretRef", "Required"),
                connection("host: db, credentials: {secretRef: {}}", "credentials.secretRef.name", "Required"),
                connection("hosts: [{port: 5432}]", "spec.connection.hosts[0].host", "Required"),
                exhaustion("warningPercent: 75.5", "warningPercent", "integer"),
                onDb("limits: [{column: a.b.c.d, max: 7}]", "spec.limits[0].max", "string"),
                onDb("limits: [{column: a.b.c.d}]", "spec.limits[0].max", "Required"),
                onDb("links: [{sequence: a.b.c}]", "spec.links[0].column", "Required"),
                onDb("ignore: [{reason: r}]", "spec.ignore[0].objects", "Required"),
                onDb("ignore: [{objects: ['*']}]", "spec.ignore[0].reason", "Required"),
                onDb("ignore: [{objects: '*', reason: r}]", "spec.ignore[0].objects", "array"));
    }

    private static BadMonitor connection(String connection, String field, String words) {
        return new BadMonitor("{connection: {" + connection + "}}", field, words);
    }

    private static BadMonitor timeouts(String timeouts, String field, String words) {
        return connection("host: db, timeouts: {" + timeouts + "}", "spec.connection.timeouts." + field, words);
    }

    private static BadMonitor onDb(String more, String field, String words) {
        return new BadMonitor("{connection: {host: db}, " + more + "}", field, words);
    }

    private static BadMonitor exhaustion(String exhaustion, String field, String words) {
        return onDb("thresholds: {exhaustion: {" + exhaustion + "}}", "spec.thresholds.exhaustion." + field, words);
    }

    private static BadMonitor limit(String limit, String field, String words) {
        return onDb("limits: [" + limit + "]", "spec.limits[0]." + field, words);
    }

    private static BadMonitor link(String link, String field, String words) {
        return onDb("links: [" + link + "]", "spec.links[0]." + field, words);
    }

    private static BadMonitor ignore(String ignore, String field, String words) {
        return onDb("ignore: [" + ignore + "]", "spec.ignore[0]." + field, words);
    }

    private static BadMonitor forecast(String forecast, String field, String words) {
        return onDb("thresholds: {forecast: {" + forecast + "}}", "spec.thresholds.forecast." + field, words);
    }

    @Override
    public String toString() {
        return spec;
    }
}
