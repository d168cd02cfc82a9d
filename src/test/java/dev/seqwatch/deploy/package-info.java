/** What is shipped beside the program: manifests, chart, alerts, dashboards, samples, grants, runbooks. */
@NullMarked
package dev.seqwatch.deploy;

import org.jspecify.annotations.NullMarked;
