/**
 * A real Kubernetes API for tests and the demo: etcd, kube-apiserver and kubectl as {@code tools/build} made them, and the
 * operator as a process beside them; on loopback ports, gone with the JVM that started them.
 */
@NullMarked
package dev.seqwatch.cluster;

import org.jspecify.annotations.NullMarked;
