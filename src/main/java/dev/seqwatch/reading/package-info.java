/** Reads a database: runs the queries in their order, has their rows assembled, and reads the ids that are asked for. */
@NullMarked
package dev.seqwatch.reading;

import org.jspecify.annotations.NullMarked;
