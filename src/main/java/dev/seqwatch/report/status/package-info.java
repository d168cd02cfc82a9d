/** Renders an inspection as the status of the resource, its conditions and its Events. */
@NullMarked
package dev.seqwatch.report.status;

import org.jspecify.annotations.NullMarked;
