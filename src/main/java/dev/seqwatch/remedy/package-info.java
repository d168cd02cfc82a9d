/** The SQL that fixes a finding, or the question that only a person can answer. */
@NullMarked
package dev.seqwatch.remedy;

import org.jspecify.annotations.NullMarked;
