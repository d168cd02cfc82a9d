package dev.seqwatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.postgres.connection.Target.Host;
import dev.seqwatch.postgres.connection.Target.Tls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URIs as psql reads them; what is refused is named, but never a password. */
final class PostgresUriTest {
    @Test
    void everyPartIsTakenApart() {
        var uri = PostgresUri.parse(
                "postgresql://al%40ice:p%2Fw%3F@a:1,[::1]:2,c/my%20db?sslmode=verify-full&sslrootcert=/ca&port=3");

        assertThat(uri.hosts()).containsExactly(new Host("a", 1), new Host("::1", 2), new Host("c", 3));
        assertThat(uri.user()).isEqualTo("al@ice");
        assertThat(uri.password()).isEqualTo("p/w?");
        assertThat(uri.database()).isEqualTo("my db");
        assertThat(uri.sslMode()).isEqualTo(Tls.Mode.VerifyFull);
        assertThat(uri.sslRootCert()).isEqualTo("/ca");
        assertThat(uri).hasToString("postgresql://[a:1, [::1]:2, c:3]/my db");
    }

    @Test
    void parametersNameWhatTheAuthorityLeavesOut() {
        var uri = PostgresUri.parse("jdbc:postgresql:///d?host=a,::1&port=1,2&user=u@x&password=p");

        assertThat(uri.hosts()).containsExactly(new Host("a", 1), new Host("::1", 2));
        assertThat(uri.user()).isEqualTo("u@x");
        assertThat(uri.password()).isEqualTo("p");
    }

    @Test
    void anEmptyUriLeavesEverythingToTheEnvironment() {
        var uri = PostgresUri.parse("postgres://");

        assertThat(uri.hosts()).isEmpty();
        assertThat(uri.user()).isNull();
        assertThat(uri.database()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mysql://u:hush@h/d                    | begins with postgresql://
            postgresql://u:hush@h:99999/d         | a port must be a number from 1 to 65535
            postgresql://u:p@h:hush/d             | a port must be a number from 1 to 65535
            postgresql://u:p@h:+1/d               | a port must be a number from 1 to 65535
            postgresql:///d?host=h&port=hush      | a port must be a number from 1 to 65535
            postgresql://u:hush%zz@h/d            | write % itself as %25
            postgresql://u:hush/x@h/d             | write them as %2F and %3F
            postgresql://u:12/hush@h/d            | write them as %2F and %3F
            postgresql://u:x@y/hush@h/d           | write them as %2F and %3F
            postgresql://u:x?hush@h/d             | write them as %2F and %3F
            postgresql://u:12?hush=x@h/d          | parameter 1 of the URI is not supported
            postgresql://u:p@h/d?sslmod=hush      | parameter 1 of the URI is not supported
            jdbc:postgresql://h/d?user=u&password=ab&hushzz=x | parameter 3 of the URI is not supported
            postgresql://u:hush@h/d?sslmode=hush  | sslmode must be disable, allow, prefer
            postgresql://u:p@h/d?hush             | parameter 1 of the URI has no value
            postgresql://u:p@h/d?socketFactory=hush | parameter 1 of the URI is not supported
            postgresql:///d?host=/hush            | host 1: it is a socket directory
            postgresql://%2Fhush/d                | host 1: it is a socket directory
            postgresql:///d?host=a&port=1,2       | there are 1 hosts and 2 ports
            postgresql://a,ab%20hush/d            | host 2: write a host name or an IP address
            postgresql://u:p@127.0.0.1%2Chush/d   | host 1: write a host name or an IP address
            postgresql://u:p@h%2F%3FPGHOST=hush/d | host 1: write a host name or an IP address
            postgresql://u:p@hush%3A1/d           | host 1: write a host name or an IP address
            postgresql://u:p@[::1]hush/d          | host 1: a ] must be followed by
            postgresql://u:p@127.1/d              | host 1: write an IPv4 address as four decimal numbers
            postgresql://u%00hush:p@h/d           | must not contain the character NUL
            postgresql://u:p@h/d%00hush           | must not contain the character NUL
            """)
    void whatCannotBeUsedIsNamed(String uri, String problem) {
        assertThatThrownBy(() -> PostgresUri.parse(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("hush");
    }
}
