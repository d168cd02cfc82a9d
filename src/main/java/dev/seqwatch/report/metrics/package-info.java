/** Renders an inspection as metrics. */
@NullMarked
package dev.seqwatch.report.metrics;

import org.jspecify.annotations.NullMarked;
