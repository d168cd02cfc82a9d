package dev.seqwatch.postgres.connection;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketOptions;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A socket whose other end the test holds. */
class UnixSocketTest {
    private static final int LIMIT_SECONDS = 30;

    private Path directory;
    private ServerSocketChannel server;
    private UnixSocket socket;
    private SocketChannel peer;

    @BeforeEach
    void connect() throws IOException {
        directory = Files.createTempDirectory("seqwatch");
        var path = directory.resolve(".s.PGSQL.5432");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
        socket = new UnixSocket(path);
        socket.connect(new InetSocketAddress(5432), 0);
        peer = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        peer.close();
        server.close();
        Files.deleteIfExists(directory.resolve(".s.PGSQL.5432"));
        Files.delete(directory);
    }

    @Test
    void a_read_ends_after_its_limit_and_can_be_repeated() throws IOException {
        socket.setOption(SocketOptions.SO_TIMEOUT, 20);
        var input = socket.getInputStream();

        assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);
        Channels.newOutputStream(peer).write('x');
        socket.setOption(SocketOptions.SO_TIMEOUT, 0);
        assertThat(input.read()).isEqualTo('x');
        peer.close();
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void a_close_wakes_a_thread_that_reads() throws Exception {
        var begun = new CountDownLatch(1);
        var reading = supplyAsync(() -> {
            begun.countDown();
            try {
                return "read " + socket.getInputStream().read();
            } catch (IOException e) {
                return "closed";
            }
        });
        begun.await();
        socket.close();

        assertThat(reading.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void more_than_the_buffers_hold_is_written_whole() throws Exception {
        var bytes = new byte[4 << 20];
        var received = supplyAsync(() -> {
            try {
                return Channels.newInputStream(peer).readNBytes(bytes.length).length;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        socket.getOutputStream().write(bytes);

        assertThat(received.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(bytes.length);
    }
}
