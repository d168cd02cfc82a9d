/** Measurements that {@code make bench} runs. None is a test: their figures depend on the machine. */
@NullMarked
package dev.seqwatch.bench;

import org.jspecify.annotations.NullMarked;
