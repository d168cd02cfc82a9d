package dev.seqwatch.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Three loopback ports that were free a moment ago, each another one. */
record Ports(int etcd, int etcdPeer, int api) {
    static Ports pick() throws IOException {
        try (var a = open();
                var b = open();
                var c = open()) {
            return new Ports(a.getLocalPort(), b.getLocalPort(), c.getLocalPort());
        }
    }

    private static ServerSocket open() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
