package dev.seqwatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.api.v1alpha1.MonitorYaml;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.postgres.connection.Target.Host;
import dev.seqwatch.postgres.connection.Target.Tls.Mode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A Secret completes a spec; what is wrong with it is named by its key and never shown. */
class LoginTest {
    private static final String SECRET = "{connection: {credentials: {secretRef: {name: shop-db}}}}";

    @Test
    void single_keys_come_before_the_uri() throws Exception {
        var target = target(
                SECRET,
                Map.of(
                        "username", "u",
                        "password", "p",
                        "host", "A.example",
                        "port", "6432",
                        "uri", "postgresql://v:q@b/d"));

        assertThat(target.hosts()).containsExactly(new Host("a.example", 6432));
        assertThat(target.credentials().user()).isEqualTo("u");
        assertThat(target.credentials().password()).isEqualTo("p");
        assertThat(target.origin().password()).isEqualTo("key password of Secret shop-db");
        assertThat(target.origin().host()).isEqualTo("key host of Secret shop-db");
    }

    @Test
    void a_uri_is_enough() throws Exception {
        var target = target(SECRET, Map.of("uri", "postgresql://v:q@b,c:1/d\n"));

        assertThat(target.hosts()).containsExactly(new Host("b", 5432), new Host("c", 1));
        assertThat(target.origin().password()).isEqualTo("key uri of Secret shop-db");
        assertThat(target.origin().user()).isEqualTo("key uri of Secret shop-db");
        assertThat(target.origin().host()).isEqualTo("key uri of Secret shop-db");
    }

    @Test
    void a_list_of_hosts_is_a_list() throws Exception {
        assertThat(target(SECRET, Map.of("username", "u", "host", "127.0.0.1,x.allowed.test"))
                        .hosts())
                .containsExactly(new Host("127.0.0.1", 5432), new Host("x.allowed.test", 5432));
    }

    @ParameterizedTest
    @CsvSource({"'p\n', p", "'p\r\n', p", "' p  \n', ' p  '", "'p ', 'p '", "'\tp', '\tp'", "'a\nb', 'a\nb'"})
    void line_ends_after_a_password_do_not_belong_to_it_and_blanks_do(String written, String password)
            throws Exception {
        var credentials = target(SECRET, Map.of("host", "h", "username", "u", "password", written))
                .credentials();

        assertThat(credentials.password()).isEqualTo(password);
    }

    @ParameterizedTest
    @CsvSource({
        "prefer, disable, Prefer",
        "prefer, allow, Prefer",
        "prefer, require, Require",
        "prefer, verify-full, VerifyFull",
        "require, disable, Require",
        "verify-full, disable, VerifyFull",
        "disable, verify-full, Disable"
    })
    void a_secret_never_weakens_the_encryption(String ofSpec, String ofUri, Mode mode) throws Exception {
        var spec = "{connection: {credentials: {secretRef: {name: s}}, tls: {mode: " + ofSpec + "}}}";

        assertThat(target(spec, Map.of("uri", "postgresql://u@h/d?sslmode=" + ofUri))
                        .tls()
                        .mode())
                .isEqualTo(mode);
    }

    static Stream<Arguments> what_cannot_be_used_is_named_by_its_key_and_not_shown() {
        return Stream.of(
                Arguments.of(
                        Map.of("host", "hush/?x="), "The key host of Secret shop-db cannot be used: host 1: write"),
                Arguments.of(Map.of("host", "h", "port", "hush"), "key host of Secret shop-db and key port of Secret"),
                Arguments.of(Map.of("host", "/hush"), "socket directory"),
                Arguments.of(Map.of("host", "hush db"), "write a host name or an IP address"),
                Arguments.of(
                        Map.of("uri", "hush"), "The key uri of Secret shop-db cannot be used: a connection URI begins"),
                Arguments.of(
                        Map.of("jdbc-uri", "jdbc:postgresql://h/d?password=a&hushz=1"), "The key jdbc-uri of Secret"),
                Arguments.of(Map.of("uri", "postgresql://u:12?hush=x@h/db"), "The key uri of Secret shop-db"),
                Arguments.of(Map.of("uri", "postgresql://u:p@h:hush/db"), "a port must be a number"),
                Arguments.of(Map.of("uri", "postgresql://u@h/d?sslmode=hush"), "sslmode must be disable, allow"),
                Arguments.of(Map.of("host", "h", "password", "hush\0x"), "must not contain the character NUL"),
                Arguments.of(
                        Map.of("host", "h", "dbname", "hush\0x"), "key dbname of Secret shop-db must not contain"));
    }

    @ParameterizedTest
    @MethodSource
    void what_cannot_be_used_is_named_by_its_key_and_not_shown(Map<String, String> secret, String words) {
        var full = new HashMap<>(secret);
        full.put("username", "u");

        assertThatThrownBy(() -> target(SECRET, full))
                .isInstanceOf(InvalidMonitorException.class)
                .hasMessageContaining(words)
                .message()
                .doesNotContain("hush")
                .doesNotContain("\n");
    }

    @Test
    void a_missing_user_names_the_keys_that_are_there() {
        assertThatThrownBy(() -> target(SECRET, Map.of("host", "h", "User", "u", "PGUSER", "u")))
                .hasMessage(
                        "No user to log in as: add the key username (or user, or uri) to Secret shop-db, whose keys are"
                                + " PGUSER, User, host.");
        assertThatThrownBy(() -> target("{connection: {host: h}}", Map.of()))
                .hasMessage("No user to log in as: set spec.connection.credentials.secretRef to a Secret with the keys"
                        + " username and password.");
    }

    @Test
    void the_timeouts_of_the_spec_reach_the_target() throws Exception {
        var config = MonitorConfig.of(
                MonitorYaml.parse(
                        "{interval: 30s, connection: {host: h, timeouts: {connect: 3s, statement: 1m, lock: 20ms}}}"),
                new SecretData("Secret s", Map.of("username", "u")),
                null);

        assertThat(config.target().timeouts())
                .isEqualTo(new Target.Timeouts(
                        Duration.ofSeconds(3), Duration.ofSeconds(80), Duration.ofSeconds(60), Duration.ofMillis(20)));
        assertThat(config.inspectionTimeout()).hasMinutes(2);
    }

    private static Target target(String spec, Map<String, String> secret) throws InvalidMonitorException {
        return MonitorConfig.of(MonitorYaml.parse(spec), new SecretData("Secret shop-db", secret), null)
                .target();
    }
}
