/**
 * Connects to a server and runs statements there: targets, TLS, sessions, limits on connections and memory, classes of errors,
 * and the splitting of batches that fail.
 */
@NullMarked
package dev.seqwatch.postgres.connection;

import org.jspecify.annotations.NullMarked;
