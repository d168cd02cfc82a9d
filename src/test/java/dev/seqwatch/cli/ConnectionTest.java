package dev.seqwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.config.PostgresUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a command line leads, as psql would understand it. */
class ConnectionTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            shop                                            | localhost:5432 | me | shop
            host=db port=5433 dbname=shop user=app          | db:5433        | app | shop
            host = db dbname = 'my shop'                    | db:5432        | me | my shop
            host=db dbname='it\\'s' application_name=x       | db:5432        | me | it's
            host=db dbname=my\\ shop                         | db:5432        | me | my shop
            host=a,b port=1,2 dbname=d                      | a:1, b:2       | me | d
            hostaddr=10.0.0.7 dbname=d                      | 10.0.0.7:5432  | me | d
            host=db dbname=''                               | db:5432        | me | me
            port=5433                                       | localhost:5433 | me | me
            postgresql://app@db:5433/shop                   | db:5433        | app | shop
            """)
    void a_database_is_named_as_for_psql(String given, String hosts, String user, String database)
            throws UsageException {
        var environment = environment(Map.of());
        var connection = environment.connection(given, Map.of());
        var target = environment.target(connection);

        assertThat(target.hosts()).extracting(Object::toString).containsExactly(hosts.split(", "));
        assertThat(target.credentials().user()).isEqualTo(user);
        assertThat(environment.database(connection)).isEqualTo(database);
    }

    @Test
    void what_is_given_counts_before_options_service_and_variables() throws Exception {
        service("""
                # a comment
                [other]
                host=never
                [shop]
                host=of-service
                user=of-service
                dbname=of-service
                """);
        var environment = environment(Map.of("PGSERVICE", "shop", "PGHOST", "variable", "PGPORT", "5499"));

        var all = environment.connection("dbname=given", Map.of("user", "option"));
        assertThat(all.database()).isEqualTo("given");
        assertThat(all.user()).isEqualTo("option");
        assertThat(all.hosts()).extracting(Object::toString).containsExactly("of-service:5499");
        assertThat(environment(Map.of()).connection("service=shop", Map.of()).user())
                .isEqualTo("of-service");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            host=db dbname='hush     | the value of dbname has no closing quote
            host=db hush             | keyword 2 of the connection string has no value
            host=db prot=hush        | keyword prot is not supported
            host=db port=hush        | a port must be a number
            host=db sslmode=hush     | sslmode must be disable
            host=run/hush            | write a host name or an IP address
            host=/run/../hush        | write a socket directory as an absolute path without ..
            host=/run/./hush         | write a socket directory as an absolute path without ..
            postgresql://%2Frun%0Ahush/d | write a socket directory as an absolute path
            host=a,b port=1,2,3      | there are 2 hosts and 3 ports
            mysql://u:hush@h/d       | begins with postgresql://
            """)
    void what_cannot_be_used_is_named_and_not_repeated(String given, String problem) {
        assertThatThrownBy(() -> environment(Map.of()).connection(given, Map.of()))
                .hasMessageContaining(problem)
                .hasMessageNotContaining("hush");
    }

    @Test
    void a_service_that_no_file_has_is_named() throws IOException {
        service("[shop]\nhost=h\n");
        assertThatThrownBy(() -> environment(Map.of()).connection("service=gone", Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("\"gone\" is in no service file: add it to " + home.resolve(".pg_service.conf"));
        service("[shop]\nhost\n");
        assertThatThrownBy(() -> environment(Map.of()).connection("service=shop", Map.of()))
                .hasMessageContaining("Line 2 of the service file");
    }

    @Test
    void the_folder_of_the_system_is_read_after_the_users_file() throws Exception {
        service("[mine]\nhost=h\n");
        var folder = Files.createDirectory(home.resolve("etc"));
        Files.writeString(folder.resolve("pg_service.conf"), "[shop]\nhost=of-system\n");
        var connection = environment(Map.of("PGSYSCONFDIR", folder.toString())).connection("service=shop", Map.of());
        assertThat(connection).extracting(PostgresUri::hosts).hasToString("[of-system:5432]");
    }

    private void service(String text) throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), text);
    }

    private Environment environment(Map<String, String> more) {
        var variables = new HashMap<>(Map.of("HOME", home.toString(), "PGUSER", "me"));
        variables.putAll(more);
        return new Environment(variables);
    }
}
