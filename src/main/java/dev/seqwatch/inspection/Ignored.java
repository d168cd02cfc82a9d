package dev.seqwatch.inspection;

import dev.seqwatch.check.Finding;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A finding that the monitor's author has decided to live with.
 *
 * @param reason of the author, on one line or more
 * @param until the last day on which it is ignored, in UTC; null where there is none
 */
public record Ignored(
        Finding finding, String reason, @Nullable LocalDate until) {}
