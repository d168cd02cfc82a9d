/**
 * The words of Seqwatch as values: sequences, their positions, the columns that they feed, and the arithmetic of
 * ranges. JDK types only; nothing here reads a clock, a database or a cluster.
 */
@NullMarked
package dev.seqwatch.model;

import org.jspecify.annotations.NullMarked;
