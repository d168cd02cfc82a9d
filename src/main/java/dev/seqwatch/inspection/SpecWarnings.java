package dev.seqwatch.inspection;

import dev.seqwatch.check.Checks;
import dev.seqwatch.config.Declarations;
import dev.seqwatch.config.Globs;
import dev.seqwatch.config.Ignore;
import dev.seqwatch.config.MonitorConfig;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.ReadResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a monitor declares in vain. Nothing else would tell: an ignore that outlived its reason hides the next finding,
 * and a link or limit with a slip in its name does nothing. What was not read proves nothing, and is passed by.
 */
public final class SpecWarnings {
    private final List<Inspection> inspections;
    private final Map<String, DatabaseState> read = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private SpecWarnings(List<Inspection> inspections) {
        this.inspections = inspections;
        for (var inspection : inspections) {
            if (inspection.reading() instanceof ReadResult.Success(var state)) {
                read.put(inspection.database(), state);
            }
        }
    }

    /** Those of the whole spec. */
    public static List<String> of(MonitorConfig config, ServerInspection server, Instant now) {
        var warnings = new ArrayList<String>();
        warnings.addAll(databases(config.databases(), server));
        warnings.addAll(schemas(config.schemas(), server.inspections()));
        warnings.addAll(of(config.declarations(), server.inspections(), now));
        return List.copyOf(warnings);
    }

    /** Where the server could not be asked, nobody knows which databases there are. */
    private static List<String> databases(Globs patterns, ServerInspection server) {
        var names = Stream.concat(
                        server.inspections().stream().map(Inspection::database),
                        server.setAside().stream().map(SetAside::database))
                .toList();
        return server.inspections().stream().anyMatch(SpecWarnings::wasRead)
                ? without(patterns.include(), names, "spec.databases", "no database of the server")
                : List.of();
    }

    /** Schemas without a sequence are not told apart from schemas that do not exist: in neither is anything watched. */
    private static List<String> schemas(Globs patterns, List<Inspection> inspections) {
        var names = inspections.stream()
                .flatMap(inspection -> switch (inspection.reading()) {
                    case ReadResult.Success(var state) ->
                        Stream.concat(
                                state.sequences().stream()
                                        .map(watched -> watched.name().schema()),
                                state.lateBound().stream()
                                        .map(each -> each.column().table().schema()));
                    case ReadResult.Unreachable _ -> Stream.<String>empty();
                })
                .distinct()
                .toList();
        return !inspections.isEmpty() && inspections.stream().allMatch(SpecWarnings::wasRead)
                ? without(patterns.include(), names, "spec.schemas", "no schema with a sequence")
                : List.of();
    }

    /** That everything is taken and nothing is there is said by the conditions. */
    private static List<String> without(List<String> patterns, List<String> names, String field, String what) {
        return IntStream.range(0, patterns.size())
                .filter(i -> !patterns.get(i).equals("*"))
                .filter(i -> names.stream().noneMatch(name -> Globs.matches(patterns.get(i), name)))
                .mapToObj(i -> "%s.include[%s]: \"%s\" matches %s. Correct the pattern, or remove it."
                        .formatted(field, i, patterns.get(i), what))
                .toList();
    }

    private static boolean wasRead(Inspection inspection) {
        return inspection.reading() instanceof ReadResult.Success;
    }

    /** Those of what the spec declares, one line each, in the order of the spec: the field, what is wrong with it and what to do. */
    public static List<String> of(Declarations declarations, List<Inspection> inspections, Instant now) {
        var warnings = new SpecWarnings(inspections);
        for (int i = 0; i < declarations.limits().size(); i++) {
            warnings.limit("spec.limits[" + i + "]", declarations.limits().get(i));
        }
        for (int i = 0; i < declarations.links().size(); i++) {
            warnings.link("spec.links[" + i + "]", declarations.links().get(i));
        }
        for (int i = 0; i < declarations.ignores().size(); i++) {
            warnings.ignore("spec.ignore[" + i + "]", declarations.ignores().get(i), now);
        }
        return List.copyOf(warnings.warnings);
    }

    private void limit(String field, Declarations.Limit declared) {
        var limit = declared.limit();
        state(field, declared.database()).ifPresent(state -> {
            var feeding = state.sequences().stream()
                    .filter(watched -> limit.concerns(watched.sequenceColumns(), watched.references()))
                    .toList();
            if (feeding.isEmpty()) {
                add(
                        field,
                        "no sequence that was read feeds column %s of database %s, directly or through foreign keys, so there is nothing to limit. Correct the name, or say in spec.links which sequence feeds it."
                                .formatted(limit.column(), declared.database()));
            } else if (feeding.stream().noneMatch(watched -> limit.liesAhead(watched.sequence()))) {
                add(
                        field,
                        "%s descends, away from %s, so there is nothing to limit. Write the lowest value that is wanted in %s."
                                .formatted(feeding.getFirst().name(), limit.max(), limit.column()));
            }
        });
    }

    private void link(String field, Declarations.Link declared) {
        var link = declared.link();
        state(field, declared.database()).ifPresent(state -> {
            var sequence = state.sequences().stream()
                    .filter(watched -> watched.name().equals(link.sequence()))
                    .findFirst();
            if (sequence.isEmpty()) {
                add(
                        field,
                        "database %s has no sequence %s in the schemas that spec.schemas takes. Correct the name, or remove the link."
                                .formatted(declared.database(), link.sequence()));
            } else if (declared.related()
                    && sequence.get().sequenceColumns().stream()
                            .noneMatch(sequenceColumn -> sequenceColumn.column().equals(link.column()))) {
                add(
                        field,
                        "database %s has no column %s that could be linked. Name a column of a table, and of a partitioned table its root; or remove the link."
                                .formatted(declared.database(), link.column()));
            }
        });
    }

    private void ignore(String field, Ignore ignore, Instant now) {
        var named = field + " (" + ignore.reason() + ")";
        if (ignore.expired(now)) {
            add(
                    named,
                    "it has expired: its last day was %s. What it hid is reported again. Remove it, or set a new date."
                            .formatted(ignore.until()));
            return;
        }
        ignore.checks().stream()
                .filter(pattern -> Checks.ALL.stream().noneMatch(check -> Globs.matches(pattern, check.name())))
                .forEach(pattern -> add(named, "no check is called \"" + pattern + "\". See docs/checks.md."));
        var everythingRead = !inspections.isEmpty() && read.size() == inspections.size();
        if (everythingRead && inspections.stream().noneMatch(inspection -> matches(ignore, inspection))) {
            add(named, "it matches no finding. Remove it if the reason is gone, else correct objects and checks.");
        }
    }

    private static boolean matches(Ignore ignore, Inspection inspection) {
        return Stream.concat(
                        inspection.findings().stream(),
                        inspection.ignored().stream().map(Ignored::finding))
                .anyMatch(finding -> ignore.matches(inspection.database(), finding));
    }

    /** Empty where the database was not read; where none was, the server may not have told which there are. */
    private Optional<DatabaseState> state(String field, String database) {
        if (!read.isEmpty()
                && inspections.stream()
                        .noneMatch(inspection -> inspection.database().equals(database))) {
            add(
                    field,
                    "database %s is not among those that this monitor watches. Correct the name, or let spec.databases take it."
                            .formatted(database));
        }
        return Optional.ofNullable(read.get(database));
    }

    private void add(String field, String text) {
        warnings.add(field + ": " + text);
    }
}
