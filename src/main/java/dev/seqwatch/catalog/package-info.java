/** Reads the facts about sequences out of PostgreSQL's catalogs, without hurting the database that it reads. */
@NullMarked
package dev.seqwatch.catalog;

import org.jspecify.annotations.NullMarked;
