/** One query of the catalogs a file, each with the record of its rows. Nothing is decided here. */
@NullMarked
package dev.seqwatch.postgres.catalog;

import org.jspecify.annotations.NullMarked;
