/** Runs in a cluster: watches SequenceMonitors, has each inspected in its time, and writes what came of it. */
@NullMarked
package dev.seqwatch.operator;

import org.jspecify.annotations.NullMarked;
