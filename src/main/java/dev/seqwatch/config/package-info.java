/** Makes the configuration of a monitor of its spec, of a file, of a URI, of the environment or of a Secret. */
@NullMarked
package dev.seqwatch.config;

import org.jspecify.annotations.NullMarked;
