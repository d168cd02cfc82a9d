/** The positions that earlier inspections saw, the rate that follows from them, and when a sequence ends at that rate. */
@NullMarked
package dev.seqwatch.forecast;

import org.jspecify.annotations.NullMarked;
