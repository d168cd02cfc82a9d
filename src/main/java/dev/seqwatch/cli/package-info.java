/** The commands of a terminal: one look at databases, without a cluster. */
@NullMarked
package dev.seqwatch.cli;

import org.jspecify.annotations.NullMarked;
