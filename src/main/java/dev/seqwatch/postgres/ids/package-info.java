/** Reads positions of sequences and stored ids, within the budget of locks and statements. */
@NullMarked
package dev.seqwatch.postgres.ids;

import org.jspecify.annotations.NullMarked;
