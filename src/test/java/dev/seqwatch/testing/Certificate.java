package dev.seqwatch.testing;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A key and a certificate, both as PEM text; made by the JDK's keytool.
 *
 * @param authority the certificate that signed it: its own, or another
 */
public record Certificate(String pem, String key, String authority) {
    private static final String ALIAS = "own";
    private static final String AUTHORITY = "ca";
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** Of a server that is reached by that name; it signed itself. */
    public static Certificate of(String host) throws Exception {
        return inStore(file -> {
            generate(file, ALIAS, host, List.of("-ext", "bc:c", "-validity", "2"));
            return ALIAS;
        });
    }

    /** Of a server that is reached by that name; an authority signed it, and its time is over. */
    public static Certificate expired(String host) throws Exception {
        return inStore(file -> {
            generate(file, AUTHORITY, "authority", List.of("-ext", "bc:c", "-validity", "2"));
            generate(file, ALIAS, host, List.of("-signer", AUTHORITY, "-startdate", "-3d", "-validity", "1"));
            return AUTHORITY;
        });
    }

    /** A socket that serves this certificate to the client at the other end. */
    public SSLSocket serve(Socket client) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        var certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        var der = Base64.getMimeDecoder().decode(key.replaceAll("-----[A-Z ]+-----", ""));
        var secret = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        store.setKeyEntry(ALIAS, secret, PASSWORD, new java.security.cert.Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket(client, null, client.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    @Override
    public String toString() {
        return pem;
    }

    private static Certificate inStore(Maker maker) throws Exception {
        var folder = Files.createTempDirectory("seqwatch-certificate-");
        var file = folder.resolve("store.p12");
        try {
            var authority = maker.make(file);
            var store = KeyStore.getInstance(file.toFile(), PASSWORD);
            return new Certificate(
                    pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()),
                    pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded()),
                    pem("CERTIFICATE", store.getCertificate(authority).getEncoded()));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void generate(Path file, String alias, String host, List<String> more) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var command = Stream.concat(
                        Stream.of(
                                keytool.toString(),
                                "-genkeypair",
                                "-alias",
                                alias,
                                "-dname",
                                "CN=" + host,
                                "-ext",
                                "san=dns:" + host,
                                "-keyalg",
                                "EC",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                new String(PASSWORD)),
                        more.stream())
                .toList();
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool made no certificate: " + output);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
    }

    /** Fills the store and says which alias is the authority. */
    @FunctionalInterface
    private interface Maker {
        String make(Path file) throws Exception;
    }
}
