/** Real servers for tests and the demo, each started once and shared. */
@NullMarked
package dev.seqwatch.testing;

import org.jspecify.annotations.NullMarked;
