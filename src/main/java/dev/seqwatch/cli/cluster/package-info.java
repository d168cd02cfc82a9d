/** Commands for a person who works with a cluster: they read what the operator wrote, through kubeconfig. */
@NullMarked
package dev.seqwatch.cli.cluster;

import org.jspecify.annotations.NullMarked;
