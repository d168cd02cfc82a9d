package dev.seqwatch.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.api.v1alpha1.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that exists as a value can be dialled, whatever wrote it. */
class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "db, db",
        "DB.Shop.SVC, db.shop.svc",
        "db.example.com., db.example.com.",
        "my_host-1, my_host-1",
        "1and1.example, 1and1.example",
        "192.0.2.7, 192.0.2.7",
        "::1, ::1",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "::, ::",
        "fe80::, fe80::",
        "::ffff:127.0.0.1, 127.0.0.1",
        "::FFFF:7f00:1, 127.0.0.1",
        "0:0:0:0:0:ffff:127.0.0.1, 127.0.0.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
    })
    void one_host_has_one_spelling(String text, String name) {
        assertThat(new Target.Host(text, 5432).name()).isEqualTo(name);
        assertThat(text).matches(Rules.HOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                " db",
                "a,b",
                "a/b",
                "a?b",
                "a&b",
                "a=b",
                "a#b",
                "a%2Cb",
                "u@h",
                "db:5432",
                "[::1]",
                "::1%eth0",
                "a\nb",
                "db\n",
                "a\0b",
                "a..b",
                ".a",
                "-a",
                "a-",
                "/run/postgresql",
                "größe",
                "127.1",
                "2130706433",
                "017700000001",
                "127.0.0.01",
                "127.0.0.1.",
                "256.0.0.1",
                "999.999.999.999",
                "1.2.3.4.5",
                ":::",
                ":",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "::127.0.0.256",
                "12345::",
                "127.0.0.1/?PGPORT=1&x=.allowed.test"
            })
    void everything_else_is_no_host(String text) {
        assertThatThrownBy(() -> new Target.Host(text, 5432))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .matches(message -> text.isBlank() || text.length() < 3 || !message.contains(text));
        assertThat(text).doesNotMatch(Rules.HOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x7f.0.0.1", "127.0.0.0x1", "0x7f000001"})
    void hexadecimal_addresses_are_no_hosts(String text) {
        assertThatThrownBy(() -> new Target.Host(text, 5432)).hasMessageContaining("four decimal numbers");
    }

    @ParameterizedTest
    @CsvSource({
        "/run/postgresql, /run/postgresql/.s.PGSQL.5433",
        "//srv//my sockets/, /srv/my sockets/.s.PGSQL.5433",
        "/, /.s.PGSQL.5433",
        "/..a/b.., /..a/b../.s.PGSQL.5433"
    })
    void a_command_line_may_name_a_socket_directory(String text, String socket) {
        assertThat(Target.Host.orSocket(text, 5433)).hasToString(socket);
        assertThat(Target.Host.orSocket(text, 5433).isAddress()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../b", "/..", "/a/.", "/./a", "/a\nb", "/a\0b", "/a,/b"})
    void other_paths_are_no_socket_directories(String text) {
        assertThatThrownBy(() -> Target.Host.orSocket(text, 5433))
                .hasMessageStartingWith("write a socket directory as an absolute path without ..")
                .hasMessageNotContaining(text);
    }

    @Test
    void a_path_of_a_socket_is_as_long_as_the_system_allows() {
        assertThat(Target.Host.orSocket("/" + "d".repeat(90), 65_535).socket().length())
                .isLessThan(108);
        assertThatThrownBy(() -> Target.Host.orSocket("/" + "d".repeat(100), 5432))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_is_as_long_as_dns_allows() {
        var label = "a".repeat(63);

        assertThat(new Target.Host(label + "." + label, 1).name()).hasSize(127);
        assertThatThrownBy(() -> new Target.Host(label + "a", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Target.Host("a.".repeat(127) + "b", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void a_port_has_sixteen_bits(int port) {
        assertThatThrownBy(() -> new Target.Host("db", port)).hasMessage("write a port from 1 to 65535");
    }

    @Test
    void a_login_holds_no_nul_which_would_begin_another_parameter() {
        assertThatThrownBy(() -> new Target.Credentials("u\0options\0-c x=y", null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Target.Credentials("u", "p\0q")).isInstanceOf(IllegalArgumentException.class);
    }
}
