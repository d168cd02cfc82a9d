package dev.seqwatch.inspection;

import dev.seqwatch.check.Finding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finding that was open after the last inspection of its database.
 *
 * @param staleSince since when inspections cannot judge it; null where the last one found it
 */
public record EarlierFinding(Finding finding, @Nullable Instant staleSince) {}
