package dev.seqwatch.catalog;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.Driver;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** Opens connections. Properties are built from fields here and nowhere else; no URL comes from a user. */
final class Connect {
    private static final String APPLICATION_NAME = "seqwatch";
    private static final Path LIBPQ_ROOT = Path.of(System.getProperty("user.home", "/"), ".postgresql", "root.crt");

    private Connect() {}

    static Connection to(Target target, String database, GuardedConnection guarded) throws SQLException {
        var hosts = target.hosts().stream().map(Target.Host::toString).collect(Collectors.joining(","));
        var url = "jdbc:postgresql://" + hosts + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        var properties = properties(target);
        guarded.configure(properties);
        var connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new IllegalStateException("the driver does not know its own URL form");
        }
        return connection;
    }

    private static Properties properties(Target target) {
        var properties = new Properties();
        properties.setProperty("user", target.credentials().user());
        var password = target.credentials().password();
        if (password != null) {
            properties.setProperty("password", password);
        }
        var timeouts = target.timeouts();
        properties.setProperty("connectTimeout", seconds(timeouts.connect().toMillis() / 2));
        properties.setProperty("loginTimeout", seconds(timeouts.connect().toMillis()));
        properties.setProperty("socketTimeout", seconds(timeouts.socket().toMillis()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", APPLICATION_NAME);
        properties.setProperty("targetServerType", "preferPrimary");
        // The simple protocol prepares nothing on the server; a known version saves SETs that would outlive us there.
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "10");
        properties.setProperty("gssEncMode", "disable");
        tls(target.tls(), properties);
        return properties;
    }

    private static void tls(Target.Tls tls, Properties properties) {
        properties.setProperty(
                "sslmode",
                switch (tls.mode()) {
                    case Disable -> "disable";
                    case Allow -> "allow";
                    case Prefer -> "prefer";
                    case Require -> "require";
                    case VerifyCa -> "verify-ca";
                    case VerifyFull -> "verify-full";
                });
        if (tls.ca() != null) {
            properties.setProperty("sslfactory", CertificateAuthority.class.getName());
            properties.setProperty("sslfactoryarg", tls.ca());
        } else if (tls.mode().verifies() && !Files.exists(LIBPQ_ROOT)) {
            properties.setProperty("sslfactory", DefaultJavaSSLFactory.class.getName());
        }
    }

    private static String seconds(long millis) {
        return Long.toString(Math.max(1, (millis + 999) / 1000));
    }
}
