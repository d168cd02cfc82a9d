/**
 * The resource {@code SequenceMonitor} of the group seqwatch.dev. The committed definition in {@code crds/} is generated
 * from these records: descriptions, defaults, bounds and rules are written here and nowhere else.
 */
@NullMarked
package dev.seqwatch.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
