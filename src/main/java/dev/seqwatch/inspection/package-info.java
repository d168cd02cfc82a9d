/** Brings a monitor's spec, a reader and the checks together into inspections, for the operator and the command line alike. */
@NullMarked
package dev.seqwatch.inspection;

import org.jspecify.annotations.NullMarked;
