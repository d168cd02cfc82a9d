/** Renders inspections, each output from the same value: status, metrics, events, table, JSON and remedies. */
@NullMarked
package dev.seqwatch.report;

import org.jspecify.annotations.NullMarked;
