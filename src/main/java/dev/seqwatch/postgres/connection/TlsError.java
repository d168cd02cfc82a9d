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

/**
 * What a failure of TLS means to somebody who set up neither Java nor the driver, and what to do about it.
 *
 * @param cause follows "because"
 * @param advice follows a full stop
 */
record TlsError(String cause, String advice) {
    private static final int CAUSES = 10;
    private static final TlsError EXPIRED =
            new TlsError("the server's certificate has expired", "renew it on the server");
    private static final TlsError NOT_YET = new TlsError(
            "the server's certificate is not valid yet",
            "check the clock of this machine and that of the server, and the certificate");

    /** By the types of the causes. */
    static TlsError of(SSLException e, Target.Origin origin) {
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
        return new TlsError(
                "both sides did not agree (" + ServerText.of(e) + ")", "check " + origin.tls() + " and " + origin.ca());
    }

    /** The driver's own refusals have neither an SQLSTATE nor a type of their own: its English words are the last resort. */
    static Optional<TlsError> of(SQLException e, Target target) {
        var origin = target.origin();
        if (causes(e).stream().anyMatch(CertificateException.class::isInstance)) {
            return Optional.of(new TlsError("the CA holds no certificate in PEM form", "check " + origin.ca()));
        }
        var text = String.valueOf(e.getMessage());
        if (text.contains("could not be verified by hostnameverifier")) {
            return Optional.of(new TlsError(
                    "the server's certificate is for another host name",
                    "connect by that name (" + origin.host() + "), or use verify-ca in " + origin.tls()));
        }
        if (text.contains("does not support SSL")) {
            return Optional.of(new TlsError(
                    "the server has TLS switched off", "switch it on there, or ask for no TLS in " + origin.tls()));
        }
        return Optional.empty();
    }

    private static TlsError untrusted(Target.Origin origin) {
        return new TlsError(
                "no trusted authority signed the server's certificate", "name the CA that did in " + origin.ca());
    }

    private static List<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(CAUSES)
                .toList();
    }
}
