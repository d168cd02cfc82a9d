/** Seqwatch: watches the health of PostgreSQL sequences. */
@NullMarked
package dev.seqwatch;

import org.jspecify.annotations.NullMarked;
