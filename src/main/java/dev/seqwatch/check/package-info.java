/**
 * The checks: each a pure function from a snapshot of a database and a policy to findings. Nothing here sees JDBC,
 * Kubernetes, metrics, logs or a clock.
 */
@NullMarked
package dev.seqwatch.check;

import org.jspecify.annotations.NullMarked;
