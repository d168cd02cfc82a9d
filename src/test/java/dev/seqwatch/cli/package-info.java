/** The command line as its users meet it. */
@NullMarked
package dev.seqwatch.cli;

import org.jspecify.annotations.NullMarked;
