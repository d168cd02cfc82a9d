package dev.seqwatch.inspection;

import dev.seqwatch.catalog.CatalogReader;
import dev.seqwatch.catalog.CatalogReader.Databases;
import dev.seqwatch.catalog.Reading;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Looks at every database of an assignment. One inspector serves all monitors, so that it can count a server's connections. */
public final class Inspector {
    private final CatalogReader reader;
    private final ServerSlots slots = new ServerSlots();

    public Inspector(InstantSource clock) {
        reader = new CatalogReader(clock);
    }

    /**
     * One inspection a database, in the order of their names.
     *
     * @param known databases that an earlier round found: where the server cannot be asked, each of them is unreachable
     */
    public List<Inspection> inspect(Assignment assignment, Set<String> known, Histories histories)
            throws InterruptedException {
        return switch (discover(assignment)) {
            case Databases.Found(var names) -> read(assignment, names, histories);
            case Databases.Unknown(var reading) -> {
                var lost = known.isEmpty() ? Set.of(assignment.entrance()) : known;
                yield lost.stream()
                        .sorted()
                        .map(name -> Inspection.of(
                                name,
                                reading,
                                assignment.policy(),
                                assignment.declarations().ignores(),
                                histories.of(name)))
                        .toList();
            }
        };
    }

    /** Names without a pattern need no discovery, so that one that does not exist is said to be missing. */
    private Databases discover(Assignment assignment) throws InterruptedException {
        var include = assignment.databases().include();
        if (include.stream().noneMatch(Globs::isPattern)) {
            return new Databases.Found(include.stream()
                    .filter(assignment.databases())
                    .distinct()
                    .sorted()
                    .toList());
        }
        var last = new ArrayList<Databases>();
        for (var entrance : entrances(assignment)) {
            var answer = slot(assignment, () -> reader.databases(assignment.target(), entrance));
            switch (answer) {
                case Databases.Found(var names) -> {
                    return new Databases.Found(
                            names.stream().filter(assignment.databases()).toList());
                }
                case Databases.Unknown(var reading) -> {
                    if (!anotherDoorMayOpen(reading.reason())) {
                        return answer;
                    }
                    last.add(answer);
                }
            }
        }
        return last.getFirst();
    }

    private static Set<String> entrances(Assignment assignment) {
        var entrances = new LinkedHashSet<>(List.of(assignment.entrance(), Assignment.DEFAULT_ENTRANCE));
        assignment.databases().include().stream()
                .filter(name -> !Globs.isPattern(name))
                .forEach(entrances::add);
        entrances.add(assignment.target().credentials().user());
        entrances.add("template1");
        return entrances;
    }

    private static boolean anotherDoorMayOpen(Reading.Reason reason) {
        return switch (reason) {
            case NoSuchDatabase, PermissionDenied -> true;
            case ConnectionFailed,
                    AuthenticationFailed,
                    TlsFailed,
                    TooManyConnections,
                    TimedOut,
                    ServerUnavailable,
                    ReadFailed -> false;
        };
    }

    private List<Inspection> read(Assignment assignment, List<String> databases, Histories histories)
            throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pending = databases.stream()
                    .map(name -> threads.submit(() -> Inspection.of(
                            name,
                            slot(assignment, () -> reader.read(assignment.target(), name, assignment.scope(name))),
                            assignment.policy(),
                            assignment.declarations().ignores(),
                            histories.of(name))))
                    .toList();
            var inspections = new ArrayList<Inspection>();
            for (var future : pending) {
                inspections.add(future.get());
            }
            return inspections;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an inspection failed for a reason that is a bug", e.getCause());
        }
    }

    private <T> T slot(Assignment assignment, Supplier<T> work) throws InterruptedException {
        slots.enter(assignment.target());
        try {
            return work.get();
        } finally {
            slots.leave(assignment.target());
        }
    }
}
