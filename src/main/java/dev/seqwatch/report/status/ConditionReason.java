package dev.seqwatch.report.status;

/**
 * Reasons of the conditions Ready and Healthy. {@code Ready=False} also has the reasons of a database that did not
 * answer ({@code catalog.ReadResult.Reason}) and those of a monitor that cannot be inspected ({@code
 * inspection.InvalidMonitorException}).
 */
public enum ConditionReason {
    /** Ready: every database was reached and read. */
    DatabasesRead,
    /** Ready is False: the patterns take no database of the server. */
    NoDatabase,
    /** Ready and Healthy are Unknown: {@code spec.suspend} is true. */
    Suspended,
    /** Healthy: no Critical or Warning finding, and every position was read. */
    NothingFound,
    /** Healthy is False: at least one Critical finding in a database that was read. */
    CriticalFindings,
    /** Healthy is False: at least one Warning finding, and no Critical one. */
    WarningFindings,
    /** Healthy is Unknown: nothing was found in what was read, but a database could not be. */
    DatabaseUnread,
    /** Healthy is Unknown: nothing was found, but the position of a sequence is not known. */
    PositionsUnread,
    /** Healthy is Unknown: nothing was found, but a check could not be judged. */
    ChecksNotJudged,
    /** Healthy is Unknown: the databases were read, and there is no sequence in the schemas that the monitor takes. */
    NothingInspected,
    /** Healthy is Unknown: there was no inspection; Ready says why. */
    NotInspected
}
