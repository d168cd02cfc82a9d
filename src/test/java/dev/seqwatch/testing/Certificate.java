package dev.seqwatch.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A key and a certificate that it signed itself, both as PEM text; made by the JDK's keytool. */
public record Certificate(String pem, String key) {
    private static final String ALIAS = "own";
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** Of a server that is reached by that name. */
    public static Certificate of(String host) throws Exception {
        var folder = Files.createTempDirectory("seqwatch-certificate-");
        var file = folder.resolve("store.p12");
        try {
            generate(host, file);
            var store = KeyStore.getInstance(file.toFile(), PASSWORD);
            return new Certificate(
                    pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()),
                    pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded()));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    @Override
    public String toString() {
        return pem;
    }

    private static void generate(String host, Path file) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var command = List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-ext",
                "bc:c",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
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
}
