package dev.seqwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.cli.Launcher.Answer;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.testing.Certificate;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.Gatekeeper;
import dev.seqwatch.testing.PostgresServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/seqwatch check} at a server that asks for passwords and offers TLS: as psql would get in, or one clear line. */
final class LoginIT {
    private static final String ROLE = "watcher";
    private static final String PASSWORD = "s3cr3t:p@ss/word?";

    @TempDir
    private static Path folder;

    private static Launcher launcher;
    private static PostgresServer server;
    private static Database database;
    private static Path authority;
    private static Path stranger;

    @BeforeAll
    static void start() throws Exception {
        launcher = Launcher.plain();
        server = PostgresServer.own(18);
        database = server.database();
        database.execute("CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)");
        database.execute("CREATE ROLE watcher LOGIN IN ROLE pg_read_all_data PASSWORD '" + PASSWORD + "'");
        var certificate = Certificate.of("localhost");
        var gate = new Gatekeeper(server);
        gate.offerTls(certificate);
        gate.askForPassword(ROLE);
        authority = Files.writeString(folder.resolve("ca.crt"), certificate.pem());
        stranger = Files.writeString(
                folder.resolve("other.crt"), Certificate.of("localhost").pem());
    }

    @Test
    void theGrantsOfTheReadmeAreEnough() throws Exception {
        var readme = Files.readString(Tools.project().resolve("README.md"));
        database.execute(readme.replaceAll("(?s).*```sql\n(.*?)```.*", "$1"));

        assertHealthy(launcher.run("check", address("localhost", "seqwatch")));
    }

    @Test
    void thePasswordOfAUriIsUnescaped() throws Exception {
        assertHealthy(launcher.run("check", uri(PASSWORD)));
    }

    @Test
    void theVariablesOfPsqlAreHeard() throws Exception {
        assertHealthy(launcher.with("PGHOST", server.host())
                .with("PGPORT", server.port())
                .with("PGDATABASE", database.name())
                .with("PGUSER", ROLE)
                .with("PGPASSWORD", PASSWORD)
                .run("check"));
    }

    @Test
    void aUriComesBeforeTheVariables() throws Exception {
        assertHealthy(launcher.with("PGUSER", "nobody")
                .with("PGPASSWORD", "nothing")
                .with("PGHOST", "nowhere.invalid")
                .with("PGDATABASE", "none")
                .run("check", uri(PASSWORD)));
    }

    @Test
    void aPasswordFileIsRead() throws Exception {
        assertHealthy(
                launcher.with("PGPASSFILE", passwordFile("pgpass", "rw-------")).run("check", uri("")));
        passwordFile(".pgpass", "rw-------");
        assertHealthy(launcher.with("HOME", folder).run("check", uri("")));
    }

    @Test
    void aPasswordFileThatOthersMayReadIsIgnored() throws Exception {
        var file = passwordFile("open", "rw-r--r--");

        var answer = launcher.with("PGPASSFILE", file).run("check", uri(""));
        assertThat(answer.stderr())
                .hasLineCount(2)
                .contains(file + " is ignored because group or others have access: chmod 0600 ")
                .contains("asks for a password of user \"watcher\"");
        assertThat(answer.exitCode()).isEqualTo(3);
    }

    private static Path passwordFile(String name, String mode) throws Exception {
        var file = Files.writeString(
                folder.resolve(name),
                "%s:%d:*:%s:%s\n".formatted(server.host(), server.port(), ROLE, PASSWORD.replace(":", "\\:")));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() throws Exception {
        assertRefused(launcher.run("check", uri("hush-hush")), "refused the password of user \"watcher\"");
    }

    @Test
    void aMissingPasswordIsSaid() throws Exception {
        assertRefused(
                launcher.run("check", uri("")),
                "asks for a password of user \"watcher\", and none was given. Set the password of the URI, PGPASSWORD");
    }

    @Test
    void aRoleThatIsNoneIsSaid() throws Exception {
        var answer = launcher.run("check", address("localhost", "nobody"));

        assertRefused(answer, "refused user \"nobody\"");
    }

    @Test
    void theServerIsVerifiedByTheVariables() throws Exception {
        assertHealthy(launcher.with("PGSSLMODE", "verify-full")
                .with("PGSSLROOTCERT", authority)
                .run("check", address("localhost", server.superuser())));
    }

    @Test
    void theServerIsVerifiedByTheUri() throws Exception {
        var uri = address("localhost", server.superuser()) + "?sslmode=verify-full&sslrootcert=";

        assertHealthy(launcher.run("check", uri + authority));
        assertRefused(launcher.run("check", uri + stranger), "no trusted authority signed the server's certificate");
    }

    @Test
    void aNameThatTheCertificateDoesNotHaveIsSaid() throws Exception {
        var uri = address("127.0.0.1", server.superuser()) + "?sslrootcert=" + authority + "&sslmode=";

        assertHealthy(launcher.run("check", uri + "verify-ca"));
        assertRefused(launcher.run("check", uri + "verify-full"), "the server's certificate is for another host name");
    }

    @Test
    void aFileThatIsNoCertificateIsSaid() throws Exception {
        var file = Files.writeString(folder.resolve("text.crt"), "not a certificate");
        var uri = address("localhost", server.superuser()) + "?sslmode=verify-full&sslrootcert=";

        assertRefused(launcher.run("check", uri + file), "the CA holds no certificate in PEM form");
        assertRefused(launcher.run("check", uri + folder.resolve("gone.crt")), "gone.crt cannot be read");
    }

    private static void assertHealthy(Answer answer) {
        assertThat(answer.stderr()).isEmpty();
        assertThat(answer.stdout()).contains("Read: 1 of 1 sequence", "\nHealthy  1 database");
        assertThat(answer.exitCode()).isZero();
    }

    private static void assertRefused(Answer answer, String why) {
        assertThat(answer.stderr()).startsWith("seqwatch: ").hasLineCount(1).contains(why);
        assertThat(answer.stderr()).doesNotContain("hush-hush", PASSWORD, "Exception");
        assertThat(answer.stdout()).isEmpty();
        assertThat(answer.exitCode()).isEqualTo(3);
    }

    private static String uri(String password) {
        return address(server.host(), ROLE + (password.isEmpty() ? "" : ":" + escaped(password)));
    }

    private static String address(String host, String login) {
        return "postgresql://%s@%s:%d/%s".formatted(login, host, server.port(), database.name());
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
