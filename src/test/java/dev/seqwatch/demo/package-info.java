/** The main job, shown on real parts. */
@NullMarked
package dev.seqwatch.demo;

import org.jspecify.annotations.NullMarked;
