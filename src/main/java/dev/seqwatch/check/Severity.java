package dev.seqwatch.check;

/** How bad a finding is, worst first. */
public enum Severity {
    /** Inserts fail or lose data, now or within days. */
    Critical,
    /** Inserts will fail unless somebody acts. */
    Warning,
    /** Worth knowing; nothing breaks by itself. */
    Info
}
