package dev.seqwatch.check;

import dev.seqwatch.model.UnknownFact;

/** A check that could not be judged, or only in part: it is not healthy where it found nothing. */
public record UnjudgedCheck(String check, UnknownFact cause) {}
