package dev.seqwatch.postgres.connection;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOptions;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The Unix-domain socket of a server, for the driver, which knows only {@link java.net.Socket}. The address that the driver
 * connects to is replaced by the path. The channel does not block, so that a read can end after {@code SO_TIMEOUT}.
 */
final class UnixSocket extends SocketImpl {
    /** What the driver asks for before it sizes its buffer. */
    private static final int BUFFER = 8192;

    private final Path path;
    private final SocketChannel channel;
    private final Selector selector;
    private volatile int timeout;

    UnixSocket(Path path) throws IOException {
        this.path = path;
        this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        this.selector = Selector.open();
        this.fd = new FileDescriptor();
    }

    @Override
    protected void create(boolean stream) {
        // the channel is open
    }

    @Override
    protected void connect(SocketAddress replaced, int millis) throws IOException {
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.configureBlocking(false);
        } catch (SocketException e) {
            throw (ConnectException) new ConnectException(e.getMessage()).initCause(e);
        }
    }

    @Override
    protected void connect(String host, int port) {
        throw new UnsupportedOperationException("the driver connects by address");
    }

    @Override
    protected void connect(InetAddress address, int port) {
        throw new UnsupportedOperationException("the driver connects by address");
    }

    @Override
    protected void bind(InetAddress host, int port) {
        throw new UnsupportedOperationException("the driver binds no socket");
    }

    @Override
    protected void listen(int backlog) {
        throw new UnsupportedOperationException("the driver listens on no socket");
    }

    @Override
    protected void accept(SocketImpl socket) {
        throw new UnsupportedOperationException("the driver listens on no socket");
    }

    @Override
    protected InputStream getInputStream() {
        return new Input();
    }

    @Override
    protected OutputStream getOutputStream() {
        return new Output();
    }

    @Override
    protected int available() {
        return 0;
    }

    @Override
    protected void close() throws IOException {
        channel.close();
        selector.close(); // wakes a thread that waits there
    }

    @Override
    protected void sendUrgentData(int data) {
        throw new UnsupportedOperationException("the protocol of PostgreSQL has no urgent data");
    }

    /** Options of TCP mean nothing here. */
    @Override
    public void setOption(int option, Object value) {
        if (option == SocketOptions.SO_TIMEOUT) {
            timeout = (Integer) value;
        }
    }

    @Override
    public @Nullable Object getOption(int option) {
        return switch (option) {
            case SocketOptions.SO_TIMEOUT -> timeout;
            case SocketOptions.SO_SNDBUF, SocketOptions.SO_RCVBUF -> BUFFER;
            default -> null;
        };
    }

    /** Returns when the channel is ready, after the time (0: none), or when the socket was closed. */
    private void await(int operation, int millis) throws IOException {
        try {
            channel.register(selector, operation);
            selector.select(millis);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw (SocketException) new SocketException("the socket was closed").initCause(e);
        }
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var buffer = ByteBuffer.wrap(bytes, offset, length);
            var count = channel.read(buffer);
            if (count != 0 || length == 0) {
                return count;
            }
            await(SelectionKey.OP_READ, timeout);
            count = channel.read(buffer);
            if (count == 0) {
                throw new SocketTimeoutException("no data within " + timeout + " ms");
            }
            return count;
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var buffer = ByteBuffer.wrap(bytes, offset, length);
            channel.write(buffer);
            while (buffer.hasRemaining()) {
                await(SelectionKey.OP_WRITE, 0);
                channel.write(buffer);
            }
        }
    }
}
