@NullMarked
package dev.seqwatch.operator;

import org.jspecify.annotations.NullMarked;
