package dev.seqwatch.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As libpq reads it: the first line that matches, in the order of the file. */
class PasswordFileTest {
    private static final PasswordFile FILE = PasswordFile.of(List.of(
            "# db:5432:*:u:comment",
            "",
            "too:few:fields",
            "db:5432:shop:u:first",
            "DB:5432:*:u:second:and no more",
            "*:6432:*:*:p\\:q\\\\r ",
            "2001\\:db8\\:\\:1:*:*:*:six",
            "0\\:0\\:0\\:0\\:0\\:0\\:0\\:1:*:*:*:loop",
            "odd\\:name:*:a\\:b:*:never",
            "h:*:a\\:b:*:colon"));

    @ParameterizedTest
    @CsvSource({
        "db, 5432, shop, u, first",
        "db, 5432, crm, u, second",
        "DB, 5432, crm, u, second",
        "db, 6432, crm, x, 'p:q\\r '",
        "2001:db8::1, 1, d, u, six",
        "::1, 1, d, u, loop",
        "h, 1, a:b, u, colon"
    })
    void a_password_is_found(String host, int port, String database, String user, String password) {
        assertThat(FILE.password(new Target.Host(host, port), database, user)).contains(password);
    }

    @ParameterizedTest
    @CsvSource({"db, 5433, shop, u", "db, 5432, shop, v", "dbx, 5432, shop, u", "h, 1, ab, u"})
    void other_lines_match_nothing(String host, int port, String database, String user) {
        assertThat(FILE.password(new Target.Host(host, port), database, user)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/var/run/postgresql, default",
        "/var/run/postgresql/, default",
        "/srv/sockets, own",
        "localhost, default"
    })
    void a_default_socket_directory_is_localhost(String host, String password) {
        var file = PasswordFile.of(List.of("/srv/sockets:*:*:*:own", "localhost:*:*:*:default"));

        assertThat(file.password(Target.Host.orSocket(host, 5432), "d", "u")).contains(password);
        assertThat(file.password(Target.Host.orSocket("/srv/other", 5432), "d", "u"))
                .isEmpty();
    }

    @Test
    void a_password_that_was_given_comes_first() {
        var host = new Target.Host("db", 5432);

        assertThat(new Target.Credentials("u", "given", FILE).password(host, "shop"))
                .contains("given");
        assertThat(new Target.Credentials("u", null, FILE).password(host, "shop"))
                .contains("first");
        assertThat(new Target.Credentials("u", null).password(host, "shop")).isEmpty();
    }

    @Test
    void no_password_is_printed() {
        assertThat(FILE).asString().doesNotContain("first", "six");
        assertThat(new Target.Credentials("u", "p", FILE)).hasToString("u");
    }
}
