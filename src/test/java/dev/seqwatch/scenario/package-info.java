/**
 * Proof on real servers: each check's failure is made, shown by the statement that it breaks, found, mended by its own
 * remedy, and gone. Healthy look-alikes lie beside it.
 */
@NullMarked
package dev.seqwatch.scenario;

import org.jspecify.annotations.NullMarked;
