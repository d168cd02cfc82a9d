package dev.seqwatch.report.status;

import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import java.time.Instant;
import java.util.List;

/** What came of a monitor's turn. */
public sealed interface InspectionOutcome {
    /**
     * Every database that the monitor takes was looked at, whether it answered or not.
     *
     * @param warnings what the monitor declares in vain, a line each
     * @param spaced whether the next inspection waits longer than the interval, because this one took long
     */
    record Inspected(ServerInspection server, List<String> warnings, Instant endedAt, boolean spaced)
            implements InspectionOutcome {
        public Inspected {
            warnings = List.copyOf(warnings);
        }

        /** Without a database that is set aside or dropped. */
        public Inspected(List<Inspection> inspections, List<String> warnings, Instant endedAt, boolean spaced) {
            this(ServerInspection.of(inspections), warnings, endedAt, spaced);
        }

        public List<Inspection> inspections() {
            return server.inspections();
        }
    }

    /**
     * No database could be looked at, for a reason that only the operator can see.
     *
     * @param reason CamelCase, as it stands in the condition
     * @param message for a person: what is wrong, and what to do
     */
    record NotInspected(String reason, String message) implements InspectionOutcome {}

    /** The spec says so. */
    record Suspended() implements InspectionOutcome {}
}
