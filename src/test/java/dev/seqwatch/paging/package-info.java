/** From a full sequence to a page, over a real Prometheus and a real Alertmanager. */
@NullMarked
package dev.seqwatch.paging;

import org.jspecify.annotations.NullMarked;
