package dev.seqwatch.inspection;

import dev.seqwatch.check.Finding;
import java.time.Instant;

/**
 * A finding of an earlier inspection that later ones could not judge: it may still be there.
 *
 * @param finding as it was when it was judged last
 * @param since when an inspection could not judge it for the first time
 * @param reason why the last inspection could not, one sentence or two
 */
public record StaleFinding(Finding finding, Instant since, String reason) {}
