package dev.seqwatch.report.status;

import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a monitor's turn. */
public sealed interface InspectionOutcome {
    /**
     * Every database that the monitor takes was looked at, whether it answered or not.
     *
     * @param warnings what the monitor declares in vain, a line each
     * @param restUntil when the next inspection is due, where the databases rest longer than the interval asks for; else null
     */
    record Inspected(
            ServerInspection server,
            List<String> warnings,
            Instant endedAt,
            @Nullable Instant restUntil) implements InspectionOutcome {
        public Inspected {
            warnings = List.copyOf(warnings);
        }

        /** Without a database that is set aside or dropped. */
        public Inspected(
                List<Inspection> inspections, List<String> warnings, Instant endedAt, @Nullable Instant restUntil) {
            this(ServerInspection.of(inspections), warnings, endedAt, restUntil);
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
