/** Comparisons as tables of values. */
@NullMarked
package dev.seqwatch.compare;

import org.jspecify.annotations.NullMarked;
