/** Makes sequences with their columns, references and limits of the catalogs' rows, and decides which ids must be read. */
@NullMarked
package dev.seqwatch.assembly;

import org.jspecify.annotations.NullMarked;
