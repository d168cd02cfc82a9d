/**
 * Finds the calls of {@code nextval} in the text of functions, rules and defaults. Pure: text in, values out. Only what the
 * text itself shows is found; a sequence whose name is computed is said to be unknown.
 */
@NullMarked
package dev.seqwatch.postgres.nextval;

import org.jspecify.annotations.NullMarked;
