package dev.seqwatch.model;

/** Why the ids of a column were not compared with its sequence. */
public enum NotCheckedReason {
    NoUsableIndex("no valid, full btree index leads on the column, and the table is too large to scan"),
    NoPrivilege("no SELECT privilege on the column, or no USAGE on its schema"),
    RowLevelSecurity("row-level security hides rows from this role"),
    TimedOut("the statement timed out"),
    Locked("another session holds a lock on the table"),
    TooManyIndexes("reading it would hold more than 300 relation locks"),
    TooManyIds("more than 10,000 ids of other writers lie ahead of the position"),
    ForeignTable("a foreign table is not read, and the type of its column on the other server is not known"),
    Standby("a standby's positions run ahead, so ids cannot be compared there"),
    TooManyLeadingValues(
            "the only index leads with other columns, which have more than 1,000 values; none of those read holds such an id"),
    NotNumeric("the column is not of a number type"),
    NextValuesOnly("its ids are no plain numbers, so only the next 1,000 values were looked for"),
    DerivedValue(
            "the default computes with nextval in a way that is not understood, so ids are not the sequence's values"),
    ViewUnknown("another session holds a lock on a view, so who may insert through it is not known"),
    PartitionDefault("rows reach a partition through its root, which uses another sequence"),
    PositionUnknown("the position of the sequence is not known"),
    UnknownConstraint("a CHECK constraint may limit its ids in a way that is not understood"),
    ProbableUse("its name fits a sequence without a known use, but its ids could not be read to confirm it"),
    ProbableUseAhead(
            "a sequence without a known use fits it, but its ids lie ahead of all that the sequence gave: the sequence is behind, or something else makes the ids"),
    UnknownCall("code calls nextval on a sequence that only running it tells"),
    ServerError("the server refused to read it");

    private final String explanation;

    NotCheckedReason(String explanation) {
        this.explanation = explanation;
    }

    public String explanation() {
        return explanation;
    }
}
