package dev.seqwatch.postgres.connection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes the sockets of one {@link GuardedConnection}. Public with a public constructor, because the driver creates it by name. */
public final class GuardedSocketFactory extends SocketFactory {
    private final GuardedConnection connection;

    /** The driver passes one text: the id of a connection, and the path of a Unix-domain socket after a line's end. */
    private final @Nullable Path path;

    /** Makes sockets for the connection of an {@link #argument}. */
    public GuardedSocketFactory(String argument) throws SocketException {
        var parts = argument.split("\n", 2);
        connection = GuardedConnection.byId(parts[0]);
        path = parts.length == 1 ? null : Path.of(parts[1]);
    }

    static String argument(String id, Target.Host host) {
        return host.isSocket() ? id + "\n" + host.socket() : id;
    }

    @Override
    public Socket createSocket() throws IOException {
        return path == null ? new GuardedSocket(connection) : new GuardedSocket(connection, new UnixSocket(path));
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("the driver connects sockets itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("the driver connects sockets itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("the driver connects sockets itself");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("the driver connects sockets itself");
    }

    private static final class GuardedSocket extends Socket {
        private final GuardedConnection connection;
        private final MessageLimits limits = new MessageLimits();
        private volatile int timeout;

        GuardedSocket(GuardedConnection connection) {
            this.connection = connection;
        }

        GuardedSocket(GuardedConnection connection, UnixSocket socket) throws SocketException {
            super(socket);
            this.connection = connection;
        }

        @Override
        public void connect(SocketAddress endpoint, int millis) throws IOException {
            connection.opened(this);
            var permit = connection.connecting();
            try {
                super.connect(endpoint, millis);
            } finally {
                permit.cancel(false);
            }
        }

        @Override
        public void setSoTimeout(int millis) throws SocketException {
            timeout = millis;
            super.setSoTimeout(millis);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return limits.of(new CountedInput(super.getInputStream()));
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return limits.of(super.getOutputStream());
        }

        @Override
        public void close() throws IOException {
            connection.closed(this);
            super.close();
        }

        private int read(InputStream input, byte[] bytes, int offset, int length) throws IOException {
            var from = connection.millis();
            var count = count(input, bytes, offset, length);
            connection.received(count, connection.millis() - from);
            return count;
        }

        /** A first, short limit shows whether this read waits; the driver's own limit follows. */
        private int count(InputStream input, byte[] bytes, int offset, int length) throws IOException {
            var patience = connection.patience();
            var whole = timeout;
            if (patience == null || (whole != 0 && whole <= patience)) {
                return input.read(bytes, offset, length);
            }
            try {
                super.setSoTimeout(patience);
                return input.read(bytes, offset, length);
            } catch (SocketTimeoutException e) {
                connection.waitedTooLong();
                super.setSoTimeout(whole == 0 ? 0 : whole - patience);
                return input.read(bytes, offset, length);
            } finally {
                if (!isClosed()) {
                    super.setSoTimeout(whole);
                }
            }
        }

        private final class CountedInput extends FilterInputStream {
            CountedInput(InputStream input) {
                super(input);
            }

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return GuardedSocket.this.read(in, bytes, offset, length);
            }
        }
    }
}
