package dev.seqwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.config.InvalidMonitorException;
import dev.seqwatch.config.MonitorConfig;
import dev.seqwatch.config.SecretData;
import dev.seqwatch.postgres.connection.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Monitors of databases that other operators run, with the Secrets that those write. */
class SamplesIT {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void cloudnative_pg() throws Exception {
        var config = config(
                "cloudnative-pg",
                Map.of(
                        "username", "app",
                        "user", "app",
                        "password", "s3cr:t/@",
                        "dbname", "app",
                        "host", "shop-db-rw",
                        "port", "5432",
                        "uri", "postgresql://app:s3cr%3At%2F%40@shop-db-rw.shop:5432/app",
                        "jdbc-uri", "jdbc:postgresql://shop-db-rw.shop:5432/app?password=s3cr%3At%2F%40&user=app",
                        "pgpass", "shop-db-rw:5432:app:app:s3cr\\:t/@\n"));
        assertThat(config.target().address()).isEqualTo("shop-db-rw.shop.svc:5432");
        assertThat(config.target().credentials()).isEqualTo(new Target.Credentials("app", "s3cr:t/@"));
        assertThat(config.maintenanceDatabase()).isEqualTo("app");
        assertThat(config.target().tls().mode()).isEqualTo(Target.Tls.Mode.VerifyFull);
    }

    @Test
    void zalando() throws Exception {
        var config = config("zalando", Map.of("username", "app", "password", "s3cret"));
        assertThat(config.target().address()).isEqualTo("acid-shop.shop.svc:5432");
        assertThat(config.target().credentials()).isEqualTo(new Target.Credentials("app", "s3cret"));
        assertThat(config.target().tls().mode()).isEqualTo(Target.Tls.Mode.Require);
    }

    @Test
    void crunchy() throws Exception {
        var config = config(
                "crunchy",
                Map.of(
                        "user", "hippo",
                        "password", "s3cr|t",
                        "dbname", "hippo",
                        "host", "hippo-primary.shop.svc",
                        "port", "5432",
                        "uri", "postgresql://hippo:s3cr%7Ct@hippo-primary.shop.svc:5432/hippo",
                        "jdbc-uri", "jdbc:postgresql://hippo-primary.shop.svc:5432/hippo?password=s3cr%7Ct&user=hippo",
                        "verifier", "SCRAM-SHA-256$4096:x"));
        assertThat(config.target().address()).isEqualTo("hippo-primary.shop.svc:5432");
        assertThat(config.target().credentials()).isEqualTo(new Target.Credentials("hippo", "s3cr|t"));
        assertThat(config.maintenanceDatabase()).isEqualTo("hippo");
        assertThat(config.target().tls().mode()).isEqualTo(Target.Tls.Mode.VerifyFull);
    }

    @Test
    void plain() throws Exception {
        var secret = Manifest.file("deploy/samples/plain.yaml").getFirst();
        var config = config(
                "plain",
                Map.of(
                        "username", secret.at("/stringData/username").asText(),
                        "password", secret.at("/stringData/password").asText()));
        assertThat(config.target().address()).isEqualTo("shop-db.example.com:5432");
        assertThat(config.target().credentials().user()).isEqualTo("seqwatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cloudnative-pg", "zalando", "crunchy"})
    void a_monitor_is_ten_lines_and_copies_no_secret(String sample) {
        var text = Manifest.text("deploy/samples/" + sample + ".yaml");
        assertThat(text.lines().filter(line -> !line.startsWith("#"))).hasSizeLessThanOrEqualTo(10);
        assertThat(Manifest.parse(text)).extracting(Manifest::kind).containsExactly("SequenceMonitor");
    }

    private static MonitorConfig config(String sample, Map<String, String> secret)
            throws JsonProcessingException, InvalidMonitorException {
        var monitor = Manifest.file("deploy/samples/" + sample + ".yaml").getLast();
        var spec = JSON.treeToValue(monitor.at("/spec"), SequenceMonitorSpec.class);
        return MonitorConfig.of(
                spec,
                new SecretData("Secret s", secret),
                spec.connection().tls().caSecretRef() == null ? null : "PEM");
    }
}
