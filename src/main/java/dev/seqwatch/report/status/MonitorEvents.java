package dev.seqwatch.report.status;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.DatabaseStatus;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingSeverity;
import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus.FindingStatus;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.ServerInspection;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.report.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an inspection changed, as Kubernetes Events. What went before is the status in the resource, so that a restart of
 * the operator repeats nothing.
 */
public final class MonitorEvents {
    /** Events of one inspection; one more tells how many changes had no room. */
    static final int MAX_EVENTS = 10;

    private static final int MAX_NOTE = 1024 / 4; // the API takes 1 KiB, and a character has up to 4 bytes

    private MonitorEvents() {}

    /**
     * One change.
     *
     * @param note for a person, of at most 1 KiB
     */
    public record Event(Type type, Reason reason, String note) {}

    /** {@code Event.type} of events.k8s.io/v1. */
    public enum Type {
        Normal,
        Warning
    }

    /** {@code Event.reason} of events.k8s.io/v1. */
    public enum Reason {
        DatabaseUnreachable,
        DatabaseBack,
        /** A database that a pattern took no longer exists. */
        DatabaseDropped,
        FindingAppeared,
        /** It was a Warning and is Critical. */
        FindingWorsened,
        FindingResolved,
        /** More happened in this inspection than is worth an event each. */
        MoreChanges
    }

    /** Where no database is dropped. */
    public static List<Event> of(SequenceMonitorStatus previous, List<Inspection> inspections) {
        return of(previous, ServerInspection.of(inspections));
    }

    /** Databases first, then findings as their severity orders them. Info is no news. */
    public static List<Event> of(SequenceMonitorStatus previous, ServerInspection server) {
        var inspections = server.inspections();
        var before = byKey(previous.findings().stream().filter(FindingList::serious));
        var current = byKey(FindingList.serious(inspections));
        var events = Stream.of(
                        databases(previous, inspections),
                        dropped(server),
                        appeared(previous, before, current),
                        resolved(inspections, before, current.keySet(), IgnoredList.keys(inspections)))
                .flatMap(changes -> changes)
                .toList();
        if (events.size() <= MAX_EVENTS) {
            return events;
        }
        var bounded = new ArrayList<>(events.subList(0, MAX_EVENTS));
        bounded.add(new Event(
                Type.Warning,
                Reason.MoreChanges,
                Text.count(events.size() - MAX_EVENTS, "more change")
                        + " in this inspection; see the status of the monitor."));
        return List.copyOf(bounded);
    }

    private static Stream<Event> databases(SequenceMonitorStatus previous, List<Inspection> inspections) {
        var lost = previous.databases().stream()
                .filter(database -> database.error() != null)
                .map(DatabaseStatus::name)
                .collect(toSet());
        return inspections.stream().flatMap(inspection -> switch (inspection.reading()) {
            case ReadResult.Unreachable unreachable
            when !lost.contains(inspection.database()) ->
                Stream.of(event(
                        Type.Warning,
                        Reason.DatabaseUnreachable,
                        Conditions.unread(inspection.database(), unreachable)));
            case ReadResult.Success _
            when lost.contains(inspection.database()) ->
                Stream.of(event(Type.Normal, Reason.DatabaseBack, inspection.database() + " was read again."));
            case ReadResult.Success _, ReadResult.Unreachable _ -> Stream.empty();
        });
    }

    private static Stream<Event> dropped(ServerInspection server) {
        return server.dropped().stream()
                .sorted()
                .map(database -> event(
                        Type.Normal,
                        Reason.DatabaseDropped,
                        "Database " + database + " no longer exists; its findings went with it."));
    }

    private static Stream<Event> appeared(
            SequenceMonitorStatus previous,
            Map<FindingList.Key, FindingStatus> before,
            Map<FindingList.Key, FindingStatus> current) {
        return current.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(FindingList.WORST_FIRST))
                .flatMap(entry -> {
                    var finding = entry.getValue();
                    var known = before.get(entry.getKey());
                    if (known == null) {
                        return FindingList.wouldBeListed(previous, finding)
                                ? Stream.of(event(Type.Warning, Reason.FindingAppeared, note(finding)))
                                : Stream.empty();
                    }
                    return known.severity() == FindingSeverity.Warning && finding.severity() == FindingSeverity.Critical
                            ? Stream.of(event(Type.Warning, Reason.FindingWorsened, note(finding)))
                            : Stream.empty();
                });
    }

    /**
     * What is ignored from now on is as it was, and so is what a database holds that the monitor no longer takes: nothing
     * happened there, so there is nothing to tell.
     */
    private static Stream<Event> resolved(
            List<Inspection> inspections,
            Map<FindingList.Key, FindingStatus> before,
            Set<FindingList.Key> current,
            Set<FindingList.Key> ignored) {
        var inspected = inspections.stream().map(Inspection::database).collect(toSet());
        return before.entrySet().stream()
                .filter(entry -> inspected.contains(entry.getKey().database()))
                .filter(entry -> !current.contains(entry.getKey()) && !ignored.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .sorted(FindingList.WORST_FIRST)
                .map(finding -> event(
                        Type.Normal, Reason.FindingResolved, finding.check() + " " + where(finding) + " is resolved."));
    }

    private static Map<FindingList.Key, FindingStatus> byKey(Stream<FindingStatus> findings) {
        return findings.collect(toMap(FindingList.Key::of, finding -> finding, (one, _) -> one));
    }

    /** Check and object of a finding. */
    static String subject(FindingStatus finding) {
        return finding.check() + " " + where(finding);
    }

    private static String note(FindingStatus finding) {
        return finding.severity() + " " + subject(finding) + ": " + finding.message();
    }

    private static String where(FindingStatus finding) {
        var relation = finding.sequence() == null
                ? finding.table() == null ? finding.schema() : finding.table()
                : finding.schema() + "." + finding.sequence();
        return "in "
                + Stream.of(finding.database(), relation, finding.role())
                        .filter(Objects::nonNull)
                        .collect(java.util.stream.Collectors.joining(" "));
    }

    private static Event event(Type type, Reason reason, String note) {
        return new Event(type, reason, Text.cut(note, MAX_NOTE));
    }
}
