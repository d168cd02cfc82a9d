@NullMarked
package dev.seqwatch.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
