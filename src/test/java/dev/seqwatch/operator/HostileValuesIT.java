package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.api.v1alpha1.ConnectionSpec;
import dev.seqwatch.api.v1alpha1.ConnectionSpec.TlsMode;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.config.InvalidMonitorException;
import dev.seqwatch.config.MonitorConfig;
import dev.seqwatch.config.SecretData;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.testing.Listener;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a Secret says, the driver dials, encrypts and loads what the parsed target says and nothing else. Seen from the
 * other side: a listener records what arrives, and a second one, whose port every value tries to reach, sees no byte.
 */
@Timeout(180)
class HostileValuesIT {
    private static final long SEED = 20261125;
    private static final int ROUNDS = 6_000;
    private static final int MAX_DIALS = 700;
    private static final String MARKER = "hush";
    private static final List<TlsMode> MODES = List.of(TlsMode.values());

    /** Set by the static initialiser of {@link Tripwire}, which no value may reach. */
    private static volatile boolean loaded;

    private final Random random = new Random(SEED);
    private final LinkedBlockingQueue<Startup> seen = new LinkedBlockingQueue<>();

    /** What a client says first: whether it asks for TLS, and its parameters. */
    record Startup(boolean tls, Map<String, String> parameters) {}

    /** A class that a driver's parameter could name. */
    static final class Tripwire {
        static {
            loaded = true;
        }

        private Tripwire() {}
    }

    @Test
    void the_driver_does_what_the_target_says() throws Exception {
        var dials = 0;
        var refusals = 0;
        try (var allowed = Listener.of(this::record);
                var forbidden = Listener.closing()) {
            var payloads = payloads(allowed.port(), forbidden.port());
            for (var round = 0; round < ROUNDS; round++) {
                var secret = secret(payloads, allowed.port());
                var mode = MODES.get(random.nextInt(MODES.size()));
                try {
                    var config = MonitorConfig.of(spec(mode), new SecretData("Secret s", secret), null);
                    new AllowedHosts(List.of("127.0.0.1", "*.allowed.test")).check(config.target());
                    assertThat(config.target().hosts()).as("%s", secret).allSatisfy(HostileValuesIT::isAllowed);
                    if (dials < MAX_DIALS && isHere(config.target(), allowed.port())) {
                        dial(config, secret);
                        dials++;
                    }
                } catch (InvalidMonitorException refused) {
                    refusals++;
                    assertThat(refused.getMessage()).as("%s", secret).doesNotContain(MARKER);
                }
            }
            assertThat(forbidden.clients()).isZero();
        }
        assertThat(loaded).as("a class that a value names was loaded").isFalse();
        assertThat(dials).isGreaterThan(100);
        assertThat(refusals).isGreaterThan(1_000);
    }

    private static void isAllowed(Target.Host host) {
        assertThat(host.name()).matches("127\\.0\\.0\\.1|[a-z0-9_.-]+\\.allowed\\.test\\.?");
    }

    private static boolean isHere(Target target, int port) {
        return target.hosts().equals(List.of(new Target.Host("127.0.0.1", port)));
    }

    private void dial(MonitorConfig config, Map<String, String> secret) throws InterruptedException {
        seen.clear();
        var plain = config.target();
        var target = new Target(
                plain.hosts(),
                plain.credentials(),
                plain.tls(),
                1,
                new Target.Timeouts(
                        Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                plain.origin());
        new DatabaseReader(InstantSource.system()).databases(target, config.maintenanceDatabase());
        var first = seen.poll(5, TimeUnit.SECONDS);
        assertThat(first).as("%s", secret).isNotNull();
        var plainText = switch (target.tls().mode()) {
            case Disable, Allow -> true;
            case Prefer, Require, VerifyCa, VerifyFull -> false;
        };
        assertThat(first.tls()).as("TLS of %s", secret).isEqualTo(!plainText);
        var startups = new ArrayList<>(List.of(first));
        seen.drainTo(startups);
        for (var startup : startups) {
            if (!startup.parameters().isEmpty()) {
                assertThat(startup.parameters())
                        .as("%s", secret)
                        .containsOnlyKeys(
                                "user", "database", "client_encoding", "DateStyle", "TimeZone", "application_name")
                        .containsEntry("user", target.credentials().user())
                        .containsEntry("database", config.maintenanceDatabase())
                        .containsEntry("application_name", "seqwatch");
            }
        }
        if (target.tls().mode().compareTo(Target.Tls.Mode.Prefer) > 0) {
            assertThat(startups)
                    .as("nothing in plain text: %s", secret)
                    .allMatch(each -> each.parameters().isEmpty());
        }
    }

    /** Refuses TLS, reads what follows, and ends. */
    private void record(Socket client) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        var length = in.readInt();
        var code = in.readInt();
        if (code == 80877103) {
            seen.add(new Startup(true, Map.of()));
            client.getOutputStream().write('N');
            length = in.readInt();
            in.readInt();
            seen.add(new Startup(true, parameters(in.readNBytes(length - 8))));
        } else {
            seen.add(new Startup(false, parameters(in.readNBytes(length - 8))));
        }
        client.getOutputStream().write(error());
    }

    private static byte[] error() {
        var text = "SFATAL\0C3D000\0Mgone\0\0".getBytes(StandardCharsets.UTF_8);
        var message = new byte[text.length + 5];
        message[0] = 'E';
        message[4] = (byte) (text.length + 4);
        System.arraycopy(text, 0, message, 5, text.length);
        return message;
    }

    private static Map<String, String> parameters(byte[] bytes) {
        var words = new String(bytes, StandardCharsets.UTF_8).split("\0", -1);
        var parameters = new LinkedHashMap<String, String>();
        for (var i = 0; i + 1 < words.length && !words[i].isEmpty(); i += 2) {
            parameters.put(words[i], words[i + 1]);
        }
        return parameters;
    }

    private static SequenceMonitorSpec spec(TlsMode mode) {
        return SequenceMonitorSpec.of(new ConnectionSpec(
                null,
                ConnectionSpec.DEFAULT_PORT,
                List.of(),
                1,
                new ConnectionSpec.Credentials(new ConnectionSpec.SecretRef("s")),
                new ConnectionSpec.Tls(mode, null),
                ConnectionSpec.Timeouts.DEFAULT));
    }

    private static List<String> payloads(int allowed, int forbidden) {
        var parameters =
                "PGHOST=127.0.0.1&PGPORT=" + forbidden + "&sslmode=disable&socketFactory=" + Tripwire.class.getName()
                        + "&sslfactory=" + Tripwire.class.getName() + "&loginTimeout=0&" + MARKER + "=x";
        return List.of(
                "",
                "127.0.0.1",
                "127.0.0.1",
                "127.0.0.1:" + allowed,
                "127.0.0.1:" + forbidden,
                "127.1",
                "0x7f.0.0.1",
                "2130706433",
                "::1",
                "[::1]",
                "[::1]:" + forbidden,
                "::ffff:127.0.0.1",
                "localhost",
                ".allowed.test",
                "x.allowed.test",
                "X.Allowed.Test.",
                "/?" + parameters,
                "?" + parameters,
                "/postgres?" + parameters,
                "&" + parameters,
                ",",
                "/",
                "?",
                "&",
                "#",
                "@",
                ":",
                "%",
                "%2C",
                "%2F%3F",
                "%00",
                "\0",
                "\0options\0-c log_statement=all\0",
                "\n",
                "\r\n",
                " ",
                "a=.allowed.test",
                MARKER,
                "postgres",
                "u",
                "ü\ud83d\ude00",
                Integer.toString(allowed),
                Integer.toString(forbidden),
                "jdbc:postgresql://",
                "service=x");
    }

    /** Some keys, each with values glued together, so that about every way of escaping the parsing is tried. */
    private Map<String, String> secret(List<String> payloads, int port) {
        var secret = new HashMap<String, String>();
        secret.put("username", random.nextInt(3) == 0 ? glued(payloads) : "u");
        if (random.nextInt(3) == 0) {
            secret.put("password", MARKER + glued(payloads));
        }
        if (random.nextInt(2) == 0) {
            secret.put("dbname", glued(payloads));
        }
        if (random.nextInt(2) == 0) {
            secret.put("host", random.nextInt(3) == 0 ? "127.0.0.1" : glued(payloads));
            secret.put("port", random.nextInt(3) == 0 ? glued(payloads) : Integer.toString(port));
        } else {
            var escaped = random.nextBoolean();
            secret.put(
                    random.nextBoolean() ? "uri" : "jdbc-uri",
                    "postgresql://" + part(payloads, escaped) + ":" + MARKER + part(payloads, escaped) + "@"
                            + (random.nextInt(3) == 0 ? "127.0.0.1:" + port : part(payloads, escaped)) + "/"
                            + part(payloads, escaped)
                            + (random.nextInt(3) == 0 ? "?" + part(payloads, escaped) : ""));
        }
        return secret;
    }

    private String part(List<String> payloads, boolean escaped) {
        var text = glued(payloads);
        return escaped ? URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20") : text;
    }

    private String glued(List<String> payloads) {
        var parts = new String[1 + random.nextInt(3)];
        Arrays.setAll(parts, _ -> payloads.get(random.nextInt(payloads.size())));
        return String.join("", parts);
    }
}
