package dev.seqwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.config.MonitorConfig;
import dev.seqwatch.config.SecretData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A monitor's file that cannot be used: one line that names the field and says what to write. */
final class MonitorFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {conection: {host: h}}                                    | spec.conection is no field of a SequenceMonitor; known there: checks, connection,
            {connection: {host: h, prot: 1}}                          | spec.connection.prot is no field
            {connection: {host: h, port: abc}}                        | spec.connection.port is "abc": write a whole number
            {connection: {host: h, port: 1.5}}                        | spec.connection.port is "1.5": write a whole number
            {connection: {host: h, port: 99999}}                      | spec.connection.port "99999": write a number from 1 to 65535
            {connection: {host: [h]}}                                 | spec.connection.host is of another kind: write a text
            {connection: [h]}                                         | spec.connection is of another kind: write an object with the fields host,
            {connection: {}}                                          | spec.connection: set host
            {connection: {host: 'h:5432'}}                            | spec.connection.host: write one DNS name or IP address without port
            {connection: {host: h, tls: {mode: full}}}                | spec.connection.tls.mode is "full": write one of disable,
            {connection: {host: h}, suspend: maybe}                   | spec.suspend is "maybe": write true or false
            {connection: {host: h}, interval: 5s}                     | spec.interval "5s": write a duration such as 90s
            {connection: {host: h}, databases: {include: shop}}       | spec.databases.include is of another kind: write a list
            {connection: {host: h}, databases: {include: ['a[b']}}    | spec.databases.include[0] "a[b"
            {connection: {host: h}, checks: [{name: None}]}           | spec.checks[0].name is "None": write one of SequenceExhaustion,
            {connection: {host: h}, checks: [{name: OrphanSequence}]} | spec.checks[0]: set name and severity
            {connection: {host: h}, checks: [{name: IdBurn, severity: Off}]} | spec.checks[0].severity is no text; YAML reads a bare Off as false, so put it in quotes: write one of
            {connection: {host: h}, metrics: {sequences: Some}}       | spec.metrics.sequences is "Some": write one of All, AtRisk, None
            {connection: {host: h}                                    | is no YAML
            """)
    void aSpecThatCannotBeUsed(String spec, String problem) {
        assertRefused(() -> read(monitor(spec)), problem);
    }

    @Test
    void aFileWithoutExactlyOneMonitor() {
        var one = monitor("{connection: {host: h}}");

        assertRefused(() -> read(one + "---\n" + one), "holds 2 SequenceMonitors: give a file with one");
        assertRefused(() -> read("kind: Secret\n"), "holds 0 SequenceMonitors: give a file with one");
        assertRefused(() -> read(""), "holds 0 SequenceMonitors: give a file with one");
        assertRefused(() -> read(one.replace("v1alpha1", "v1")), "apiVersion \"seqwatch.dev/v1\" is not known");
        assertRefused(() -> read(one.replaceAll("spec:.*\n", "")), "spec is missing");
    }

    @Test
    void aFileThatIsNoText() throws Exception {
        var file = Files.write(folder.resolve("monitor.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2});

        assertRefused(() -> MonitorFile.read(file), "monitor.yaml cannot be read");
    }

    @Test
    void otherDocumentsOfTheFileArePassedBy() throws Exception {
        var config = read("kind: Secret\n---\n" + monitor("{connection: {host: h}, databases: {include: [a]}}"));

        assertThat(config.target().address()).isEqualTo("h:5432");
        assertThat(config.databases().include()).containsExactly("a");
    }

    private MonitorConfig read(String yaml) throws Exception {
        var file = Files.writeString(folder.resolve("monitor.yaml"), yaml);
        return MonitorConfig.of(MonitorFile.read(file), new SecretData("Secret s", Map.of("username", "u")), null);
    }

    private static String monitor(String spec) {
        return """
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: shop}
                spec: %s
                """.formatted(spec);
    }

    private static void assertRefused(ThrowingCallable read, String problem) {
        assertThatThrownBy(read).hasMessageContaining(problem).message().hasLineCount(1);
    }
}
