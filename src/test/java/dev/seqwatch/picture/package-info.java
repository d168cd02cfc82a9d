/** Draws dashboards as Grafana would show them, from their own panels and queries and a Prometheus that answers these. */
@NullMarked
package dev.seqwatch.picture;

import org.jspecify.annotations.NullMarked;
