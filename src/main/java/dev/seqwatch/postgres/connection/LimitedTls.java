package dev.seqwatch.postgres.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.util.Properties;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.util.PSQLException;

/**
 * TLS with {@link MessageLimits} for what comes out of it. Public with a public constructor, because the driver creates it
 * by name. The authorities are those of the property {@code sslfactoryarg}, in PEM; else those of Java, where {@link
 * #AUTHORITIES_OF_JAVA} is set; else those of libpq.
 */
public final class LimitedTls extends SSLSocketFactory {
    static final String AUTHORITIES_OF_JAVA = "seqwatch.authoritiesOfJava";

    private final SSLSocketFactory factory;

    /** Takes the properties of a connection. */
    public LimitedTls(Properties properties) throws GeneralSecurityException, IOException, PSQLException {
        var ca = properties.getProperty("sslfactoryarg");
        if (ca != null) {
            factory = CertificateAuthority.trusting(ca);
        } else if (properties.containsKey(AUTHORITIES_OF_JAVA)) {
            factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        } else {
            factory = new LibPQFactory(properties);
        }
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return new LimitedSocket((SSLSocket) factory.createSocket(socket, host, port, autoClose), this::checkClientKey);
    }

    /** A key of the client that could not be read shows first in a handshake that fails. */
    private void checkClientKey(IOException failure) throws IOException {
        if (factory instanceof LibPQFactory libpq) {
            try {
                libpq.throwKeyManagerException();
            } catch (PSQLException e) {
                throw new SSLException(e.getMessage(), e);
            }
        }
        throw failure;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("the driver brings the socket");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("the driver brings the socket");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("the driver brings the socket");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("the driver brings the socket");
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @FunctionalInterface
    private interface OnFailure {
        void handle(IOException failure) throws IOException;
    }

    private static final class LimitedSocket extends SSLSocket {
        private final MessageLimits limits = new MessageLimits();
        private final SSLSocket socket;
        private final OnFailure onFailure;

        LimitedSocket(SSLSocket socket, OnFailure onFailure) {
            this.socket = socket;
            this.onFailure = onFailure;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return limits.of(socket.getInputStream());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return limits.of(socket.getOutputStream());
        }

        @Override
        public void startHandshake() throws IOException {
            try {
                socket.startHandshake();
            } catch (IOException e) {
                onFailure.handle(e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        @Override
        public boolean isClosed() {
            return socket.isClosed();
        }

        @Override
        public boolean isConnected() {
            return socket.isConnected();
        }

        @Override
        public boolean isInputShutdown() {
            return socket.isInputShutdown();
        }

        @Override
        public boolean isOutputShutdown() {
            return socket.isOutputShutdown();
        }

        @Override
        public void setSoTimeout(int millis) throws SocketException {
            socket.setSoTimeout(millis);
        }

        @Override
        public int getSoTimeout() throws SocketException {
            return socket.getSoTimeout();
        }

        @Override
        public void setTcpNoDelay(boolean on) throws SocketException {
            socket.setTcpNoDelay(on);
        }

        @Override
        public boolean getTcpNoDelay() throws SocketException {
            return socket.getTcpNoDelay();
        }

        @Override
        public void setKeepAlive(boolean on) throws SocketException {
            socket.setKeepAlive(on);
        }

        @Override
        public boolean getKeepAlive() throws SocketException {
            return socket.getKeepAlive();
        }

        @Override
        public int getReceiveBufferSize() throws SocketException {
            return socket.getReceiveBufferSize();
        }

        @Override
        public int getSendBufferSize() throws SocketException {
            return socket.getSendBufferSize();
        }

        @Override
        public @Nullable InetAddress getInetAddress() {
            return socket.getInetAddress();
        }

        @Override
        public int getPort() {
            return socket.getPort();
        }

        @Override
        public @Nullable SocketAddress getRemoteSocketAddress() {
            return socket.getRemoteSocketAddress();
        }

        @Override
        public SSLParameters getSSLParameters() {
            return socket.getSSLParameters();
        }

        @Override
        public void setSSLParameters(SSLParameters parameters) {
            socket.setSSLParameters(parameters);
        }

        @Override
        public SSLSession getSession() {
            return socket.getSession();
        }

        @Override
        public @Nullable SSLSession getHandshakeSession() {
            return socket.getHandshakeSession();
        }

        @Override
        public @Nullable String getApplicationProtocol() {
            return socket.getApplicationProtocol();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return socket.getSupportedCipherSuites();
        }

        @Override
        public String[] getEnabledCipherSuites() {
            return socket.getEnabledCipherSuites();
        }

        @Override
        public void setEnabledCipherSuites(String[] suites) {
            socket.setEnabledCipherSuites(suites);
        }

        @Override
        public String[] getSupportedProtocols() {
            return socket.getSupportedProtocols();
        }

        @Override
        public String[] getEnabledProtocols() {
            return socket.getEnabledProtocols();
        }

        @Override
        public void setEnabledProtocols(String[] protocols) {
            socket.setEnabledProtocols(protocols);
        }

        @Override
        public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
            socket.addHandshakeCompletedListener(listener);
        }

        @Override
        public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
            socket.removeHandshakeCompletedListener(listener);
        }

        @Override
        public void setUseClientMode(boolean mode) {
            socket.setUseClientMode(mode);
        }

        @Override
        public boolean getUseClientMode() {
            return socket.getUseClientMode();
        }

        @Override
        public void setNeedClientAuth(boolean need) {
            socket.setNeedClientAuth(need);
        }

        @Override
        public boolean getNeedClientAuth() {
            return socket.getNeedClientAuth();
        }

        @Override
        public void setWantClientAuth(boolean want) {
            socket.setWantClientAuth(want);
        }

        @Override
        public boolean getWantClientAuth() {
            return socket.getWantClientAuth();
        }

        @Override
        public void setEnableSessionCreation(boolean flag) {
            socket.setEnableSessionCreation(flag);
        }

        @Override
        public boolean getEnableSessionCreation() {
            return socket.getEnableSessionCreation();
        }
    }
}
