package dev.seqwatch.postgres.connection;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What a failure of TLS means to somebody who set up neither Java nor the driver, and what to do about it. */
final class TlsError {
    private static final int CAUSES = 10;
    private static final String EXPIRED = "the server's certificate has expired: renew it on the server";
    private static final String NOT_YET =
            "the server's certificate is not valid yet: check the clocks here and there, and the certificate";

    private TlsError() {}

    /** By the types of the causes. */
    static String of(SSLException e, Target.Origin origin) {
        for (var cause : causes(e)) {
            switch (cause) {
                case CertificateExpiredException _ -> {
                    return EXPIRED;
                }
                case CertificateNotYetValidException _ -> {
                    return NOT_YET;
                }
                case CertPathValidatorException path
                when path.getReason() == BasicReason.EXPIRED -> {
                    return EXPIRED;
                }
                case CertPathValidatorException path
                when path.getReason() == BasicReason.NOT_YET_VALID -> {
                    return NOT_YET;
                }
                case CertPathValidatorException path
                when path.getReason() == BasicReason.INVALID_SIGNATURE -> {
                    return untrusted(origin);
                }
                case CertPathBuilderException _ -> {
                    return untrusted(origin);
                }
                default -> {}
            }
        }
        var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").strip() + ": check " + origin.tls() + " and " + origin.ca();
    }

    /** The driver's own refusals have neither an SQLSTATE nor a type of their own: its English words are the last resort. */
    static Optional<String> of(SQLException e, Target target) {
        var origin = target.origin();
        if (causes(e).stream().anyMatch(CertificateException.class::isInstance)) {
            return Optional.of("the CA holds no certificate in PEM form: check " + origin.ca());
        }
        var text = String.valueOf(e.getMessage());
        if (text.contains("could not be verified by hostnameverifier")) {
            return Optional.of("the server's certificate is for another host name: connect by that name ("
                    + origin.host() + "), or use verify-ca in " + origin.tls());
        }
        if (text.contains("does not support SSL")) {
            return Optional.of(
                    "the server has TLS switched off: switch it on there, or ask for no TLS in " + origin.tls());
        }
        return Optional.empty();
    }

    private static String untrusted(Target.Origin origin) {
        return "no trusted authority signed the server's certificate: name the CA that did in " + origin.ca();
    }

    private static List<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(CAUSES)
                .toList();
    }
}
