@NullMarked
package dev.seqwatch.cli;

import org.jspecify.annotations.NullMarked;
