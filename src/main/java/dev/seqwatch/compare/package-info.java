/**
 * The comparison of two databases before applications move from one to the other: pure functions of what was read from both.
 */
@NullMarked
package dev.seqwatch.compare;

import org.jspecify.annotations.NullMarked;
