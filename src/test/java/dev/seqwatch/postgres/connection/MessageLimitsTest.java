package dev.seqwatch.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server may send, whatever the pieces in which it arrives. */
class MessageLimitsTest {
    private static final byte[] TLS_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    static List<Named<byte[]>> taken() throws IOException {
        return List.of(
                named("nothing", bytes()),
                named("an empty message", bytes('1', 4)),
                named("a message that is still on its way", bytes('N', 1_000, (byte) 1)),
                named("a row without columns", bytes('D', 6, (short) 0, 'Z', 5, (byte) 'I')),
                named("a row", bytes('D', 17, (short) 2, -1, 3, new byte[] {1, 2, 3}, 'Z', 5, (byte) 'I')),
                named("a row whose last column is NULL", bytes('D', 15, (short) 2, 1, (byte) 1, -1, 'C', 4)),
                named("a row of empty texts", bytes('D', 14, (short) 2, 0, 0, 'D', 6, (short) 0)));
    }

    static List<Named<byte[]>> refused() throws IOException {
        return List.of(
                named("a message of 2 GiB", bytes('N', Integer.MAX_VALUE)),
                named("a message of a negative length", bytes('E', -1)),
                named("a message shorter than its length", bytes('S', 3)),
                named("text that never ends", "S____________".getBytes(StandardCharsets.US_ASCII)),
                named("a large message after a small one", bytes('1', 4, 'N', MessageLimits.LARGEST_MESSAGE + 1)),
                named("a value longer than its row", bytes('D', 11, (short) 1, 2, (byte) 1)),
                named("a value of a negative length", bytes('D', 11, (short) 1, -2, (byte) 1)),
                named("a row that ends before its last column", bytes('D', 11, (short) 2, 1, (byte) 1)),
                named("a row that goes on after its last column", bytes('D', 12, (short) 1, 1, (byte) 1, (byte) 1)),
                named("a row without a number of columns", bytes('D', 5, (byte) 0)));
    }

    @ParameterizedTest
    @MethodSource
    void taken(byte[] sent) throws IOException {
        for (var piece = 1; piece <= sent.length; piece++) {
            assertThat(inPieces(new MessageLimits(), sent, piece).readAllBytes())
                    .isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @MethodSource
    void refused(byte[] sent) {
        for (var piece = 1; piece <= sent.length; piece++) {
            var stream = inPieces(new MessageLimits(), sent, piece);
            assertThatThrownBy(stream::readAllBytes).isInstanceOf(MessageLimits.ExceededException.class);
        }
    }

    @Test
    void the_answer_to_a_request_for_tls_is_one_byte() throws IOException {
        var plain = new MessageLimits();
        plain.of(OutputStream.nullOutputStream()).write(TLS_REQUEST);
        plain.of(new ByteArrayInputStream(bytes('N'))).readAllBytes();
        assertThatThrownBy(() -> plain.of(new ByteArrayInputStream(bytes('N', Integer.MAX_VALUE)))
                        .readAllBytes())
                .isInstanceOf(MessageLimits.ExceededException.class);

        var encrypted = new MessageLimits();
        encrypted.of(OutputStream.nullOutputStream()).write(TLS_REQUEST);
        var noise = bytes('S', 'N', Integer.MAX_VALUE);
        assertThat(encrypted.of(new ByteArrayInputStream(noise)).readAllBytes()).isEqualTo(noise);
    }

    @Test
    void notices_and_bytes_are_counted_for_each_answer() throws IOException {
        var limits = new MessageLimits();
        var notices = bytes(Stream.generate(() -> new Object[] {'N', 4})
                .limit(MessageLimits.MOST_NOTICES)
                .flatMap(Stream::of)
                .toArray());
        var rows = new byte[(int) MessageLimits.LARGEST_ANSWER / 64];
        System.arraycopy(bytes('D', rows.length - 1, (short) 1, rows.length - 11), 0, rows, 0, 11);
        for (var answer = 0; answer < 3; answer++) {
            limits.of(OutputStream.nullOutputStream()).write(bytes('Q', 5, (byte) 0));
            limits.of(new ByteArrayInputStream(notices)).readAllBytes();
        }
        assertThatThrownBy(
                        () -> limits.of(new ByteArrayInputStream(bytes('N', 4))).readAllBytes())
                .hasMessage("more than 10000 notices to one request");
        limits.of(OutputStream.nullOutputStream()).write(bytes('Q', 5, (byte) 0));
        for (var row = 0; row < 64; row++) {
            limits.of(new ByteArrayInputStream(rows)).readAllBytes();
        }
        assertThatThrownBy(() -> limits.of(new ByteArrayInputStream(rows)).readAllBytes())
                .hasMessage("an answer of more than 64 MiB");
    }

    private static InputStream inPieces(MessageLimits limits, byte[] bytes, int piece) {
        return limits.of(new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, piece));
            }
        });
    }

    /** Letters are bytes; numbers have the size of their type. */
    private static byte[] bytes(Object... parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (var part : parts) {
            switch (part) {
                case Character letter -> out.writeByte(letter);
                case Byte number -> out.writeByte(number);
                case Short number -> out.writeShort(number);
                case Integer number -> out.writeInt(number);
                case byte[] content -> out.write(content);
                default -> throw new IllegalArgumentException(String.valueOf(part));
            }
        }
        return bytes.toByteArray();
    }
}
