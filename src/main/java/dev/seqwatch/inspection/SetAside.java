package dev.seqwatch.inspection;

/**
 * A database that a pattern takes and that this role was never meant to read, as those that a hosting provider keeps for
 * itself. It is no problem of the monitor.
 *
 * @param reason why it is not read, in one sentence
 */
public record SetAside(String database, String reason) {}
