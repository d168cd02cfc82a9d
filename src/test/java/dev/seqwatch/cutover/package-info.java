/** Real cutovers: a publisher, a subscriber, and an application that moves from one to the other. */
@NullMarked
package dev.seqwatch.cutover;

import org.jspecify.annotations.NullMarked;
