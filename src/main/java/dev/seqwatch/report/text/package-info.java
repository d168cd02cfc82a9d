/** Renders an inspection as a table, as JSON, as Markdown and as SQL. */
@NullMarked
package dev.seqwatch.report.text;

import org.jspecify.annotations.NullMarked;
