package dev.seqwatch.cluster;

import dev.seqwatch.testing.FreePort;

/** The loopback ports of a cluster. */
record Ports(int etcd, int etcdPeer, int api) {
    static Ports pick() {
        return new Ports(FreePort.pick(), FreePort.pick(), FreePort.pick());
    }
}
