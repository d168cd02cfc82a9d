package dev.seqwatch.inspection;

import dev.seqwatch.api.v1alpha1.Rules;
import dev.seqwatch.config.Globs;
import dev.seqwatch.config.MonitorConfig;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.connection.ConnectionGuard;
import dev.seqwatch.postgres.connection.WorkPermits;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.reading.DatabaseReader.Databases;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Inspects every database of a monitor. One inspector serves all monitors, so that it can count a server's connections. */
public final class Inspector {
    private final InstantSource clock;
    private final WorkPermits permits;
    private final ConnectionLimiter limiter = new ConnectionLimiter();

    /** For one monitor alone. */
    public Inspector(InstantSource clock) {
        this(clock, Rules.MAX_CONNECTIONS_MAX);
    }

    /** @param concurrency databases that are read at the same time; one whose server lets us wait does not count */
    public Inspector(InstantSource clock, int concurrency) {
        this.clock = clock;
        this.permits = new WorkPermits(concurrency);
    }

    /** The connections of an inspection that is about to begin: cancelling them ends it. */
    public ConnectionGuard newConnections() {
        return new ConnectionGuard(clock, permits);
    }

    public ServerInspection inspect(MonitorConfig config, KnownDatabases known, ServerHistory histories)
            throws InterruptedException {
        return inspect(config, known, histories, newConnections());
    }

    /**
     * Inspects every database that the monitor takes. One that it names and that does not exist is said to be missing.
     *
     * @param known databases of earlier inspections: where the server cannot be asked, each of them is unreachable
     */
    public ServerInspection inspect(
            MonitorConfig config, KnownDatabases known, ServerHistory histories, ConnectionGuard connections)
            throws InterruptedException {
        connections.limit(config.inspectionTimeout());
        var reader = new DatabaseReader(clock, connections);
        if (config.databases().include().stream().noneMatch(Globs::isPattern)) {
            return read(config, DatabaseSelection.named(config.databases(), known), histories, reader);
        }
        return switch (discover(config, reader)) {
            case Databases.Listed(var databases) ->
                read(
                        config,
                        DatabaseSelection.of(
                                config.databases(),
                                databases,
                                known,
                                config.target().credentials().user()),
                        histories,
                        reader);
            case Databases.Unknown(var reading) -> {
                var lost = known.all().isEmpty() ? Set.of(config.maintenanceDatabase()) : known.all();
                yield ServerInspection.of(lost.stream()
                        .sorted()
                        .map(name -> judge(config, name, reading, histories))
                        .toList());
            }
        };
    }

    private ServerInspection read(
            MonitorConfig config, DatabaseSelection selection, ServerHistory histories, DatabaseReader reader)
            throws InterruptedException {
        return selection.sorted(read(config, selection.names(), histories, reader));
    }

    /** Names without a pattern need no discovery. */
    private Databases discover(MonitorConfig config, DatabaseReader reader) throws InterruptedException {
        var last = new ArrayList<Databases>();
        for (var maintenanceDatabase : maintenanceDatabases(config)) {
            var answer = slot(config, () -> reader.databases(config.target(), maintenanceDatabase));
            switch (answer) {
                case Databases.Listed listed -> {
                    return listed;
                }
                case Databases.Unknown(var reading) -> {
                    if (!canTryAnotherDatabase(reading.reason())) {
                        return answer;
                    }
                    last.add(answer);
                }
            }
        }
        return last.getFirst();
    }

    private static Set<String> maintenanceDatabases(MonitorConfig config) {
        var maintenanceDatabases =
                new LinkedHashSet<>(List.of(config.maintenanceDatabase(), MonitorConfig.DEFAULT_MAINTENANCE_DATABASE));
        config.databases().include().stream()
                .filter(name -> !Globs.isPattern(name))
                .forEach(maintenanceDatabases::add);
        maintenanceDatabases.add(config.target().credentials().user());
        maintenanceDatabases.add("template1");
        return maintenanceDatabases;
    }

    private static boolean canTryAnotherDatabase(ReadResult.Reason reason) {
        return switch (reason) {
            case NoSuchDatabase, PermissionDenied -> true;
            case ConnectionFailed,
                    AuthenticationFailed,
                    TlsFailed,
                    TooManyConnections,
                    TimedOut,
                    ServerUnavailable,
                    ReadFailed,
                    TooManySequences -> false;
        };
    }

    private List<Inspection> read(
            MonitorConfig config, List<String> databases, ServerHistory histories, DatabaseReader reader)
            throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pending = databases.stream()
                    .map(name -> threads.submit(() -> judge(
                            config,
                            name,
                            slot(config, () -> reader.read(config.target(), name, config.scope(name))),
                            histories)))
                    .toList();
            var inspections = new ArrayList<Inspection>();
            try {
                for (var future : pending) {
                    inspections.add(future.get());
                }
            } catch (InterruptedException e) {
                threads.shutdownNow(); // else the end of this block waits until all databases are read
                reader.guard().cancel();
                throw e;
            }
            return inspections;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an inspection failed for a reason that is a bug", e.getCause());
        }
    }

    private static Inspection judge(
            MonitorConfig config, String database, ReadResult reading, ServerHistory histories) {
        return Inspection.of(
                database,
                reading,
                config.policy(),
                config.declarations().ignores(),
                config.schemas(),
                histories.of(database),
                histories.findings(database));
    }

    private <T> T slot(MonitorConfig config, Supplier<T> work) throws InterruptedException {
        limiter.acquire(config.target());
        try {
            return work.get();
        } finally {
            limiter.release(config.target());
        }
    }
}
