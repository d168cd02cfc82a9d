package dev.seqwatch.report.metrics;

/** Every metric that a monitor publishes. All carry the labels namespace and monitor, all but those of the monitor itself database. */
public enum Metric {
    UsedRatio("sequence_used_ratio", "Used part of the range up to the tightest limit, from 0 to 1"),
    Remaining("sequence_remaining", "Calls of nextval left before the tightest limit"),
    LastValue("sequence_last_value", "Value that the sequence gave last"),
    SequenceLimit("sequence_limit", "Last value that the sequence, its columns and their references can hold"),
    ExhaustionSeconds("sequence_time_to_exhaustion_seconds", "Time left before the limit at the present rate of use"),
    CollisionDistance(
            "sequence_collision_distance",
            "Calls of nextval up to the first that gives an id already stored; 1 is the next call"),
    SequenceInfo("sequence_info", "Data type of the sequence, kind of its limit, and the columns that use it"),
    FindingPresent("finding_info", "A Critical or Warning finding: 1 while it is there"),
    FindingStale(
            "stale_finding_info",
            "A Critical or Warning finding that the last inspection could not judge: 1 beside seqwatch_finding_info"),
    FindingIgnored(
            "ignored_finding_info", "A Critical or Warning finding that the monitor ignores: 1 while it is there"),
    Findings("findings", "Findings of a check, 0 included"),
    FindingsStale(
            "stale_findings",
            "Findings that the last inspection could not judge, so that they may still be there; they are among the others"),
    FindingsIgnored("ignored_findings", "Findings that the monitor ignores; they are not among the others"),
    Sequences("sequences", "Sequences whose position was read (readable) or not (unreadable)"),
    ColumnsNotChecked("columns_not_checked", "Columns whose stored ids could not be compared with their sequence"),
    ChecksNotJudged("checks_not_judged", "Checks that could not be judged, because what they need could not be read"),
    HighestUsedRatio("highest_used_ratio", "Used part of the range of the most used sequence, from 0 to 1"),
    DatabaseUp("database_up", "1 where the last inspection read the database, 0 where it could not"),
    InspectionDuration("inspection_duration_seconds", "How long the last inspection took"),
    LastInspection("last_inspection_timestamp_seconds", "When the last inspection ended, whether it could read or not"),
    Interval(
            "inspection_interval_seconds",
            "Time between two inspections: as the monitor asks for it, or longer after one that took long"),
    Threshold("exhaustion_threshold_ratio", "Used part of a range from which a sequence is reported"),
    SeriesOmitted("series_omitted", "Sequences and findings without series of their own, because there were too many"),
    DatabasesSetAside(
            "databases_set_aside",
            "Databases that spec.databases takes by a pattern and that refuse this role, so that they are not read"),
    MonitorReady(
            "monitor_ready",
            "1 where the last inspection read every database, 0 where it did not or there was none yet; absent while suspended"),
    MonitorSuspended("monitor_suspended", "1 while the spec suspends the monitor, else 0"),
    MonitorStatusWritten("monitor_status_written", "0 while the status of the monitor cannot be written, else 1");

    private final String suffix;
    private final String description;

    Metric(String suffix, String description) {
        this.suffix = suffix;
        this.description = description;
    }

    public String fullName() {
        return "seqwatch_" + suffix;
    }

    String description() {
        return description;
    }
}
