@NullMarked
package dev.seqwatch.report;

import org.jspecify.annotations.NullMarked;
