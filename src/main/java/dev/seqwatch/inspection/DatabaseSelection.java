package dev.seqwatch.inspection;

import dev.seqwatch.config.Globs;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.catalog.DatabasesQuery.ListedDatabase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which of a server's databases are read. One that a pattern takes and that refuses this role is set aside: every hosting
 * provider has some. One that the monitor names, or that could be read before, is a problem when it refuses.
 *
 * @param names of the databases to be read, sorted
 * @param tolerated those of them that are set aside where they refuse the login
 * @param setAside those that need not be tried
 * @param dropped databases that were known and are gone
 */
record DatabaseSelection(List<String> names, Set<String> tolerated, List<SetAside> setAside, Set<String> dropped) {
    static DatabaseSelection of(Globs patterns, List<ListedDatabase> listed, KnownDatabases known, String user) {
        var named = named(patterns);
        var names = new TreeSet<>(named);
        var tolerated = new HashSet<String>();
        var setAside = new ArrayList<SetAside>();
        var present = new HashSet<>(named);
        for (var database : listed) {
            var name = database.name();
            if (named.contains(name) || !patterns.test(name)) {
                continue;
            }
            if (database.interruptedDrop()) {
                setAside.add(new SetAside(name, "DROP DATABASE was interrupted: it can only be dropped again."));
                continue;
            }
            present.add(name);
            if (known.read().contains(name)) {
                names.add(name);
            } else if (!database.mayConnect()) {
                setAside.add(new SetAside(name, "Role \"" + user + "\" has no CONNECT privilege on it."));
            } else if (database.takesConnections()) {
                names.add(name);
                tolerated.add(name);
            }
        }
        var dropped = known.read().stream()
                .filter(patterns)
                .filter(name -> !present.contains(name))
                .collect(Collectors.toSet());
        return new DatabaseSelection(List.copyOf(names), tolerated, setAside, dropped);
    }

    /** Of a monitor without patterns: each of its databases is read, whether the server has it or not. */
    static DatabaseSelection named(Globs patterns, KnownDatabases known) {
        return of(patterns, List.of(), new KnownDatabases(known.all(), Set.of()), "");
    }

    /** What the readings of {@link #names} come to. */
    ServerInspection sorted(List<Inspection> inspections) {
        var someRead = inspections.stream().anyMatch(inspection -> inspection.reading() instanceof ReadResult.Success);
        var kept = new ArrayList<Inspection>();
        var aside = new ArrayList<>(setAside);
        for (var inspection : inspections) {
            switch (inspection.reading()) {
                case ReadResult.Unreachable unreachable
                when someRead && tolerated.contains(inspection.database()) && refusesLogin(unreachable.reason()) ->
                    aside.add(new SetAside(inspection.database(), unreachable.sentence()));
                case ReadResult.Unreachable _, ReadResult.Success _ -> kept.add(inspection);
            }
        }
        aside.sort(Comparator.comparing(SetAside::database));
        return new ServerInspection(kept, aside, dropped);
    }

    private static Set<String> named(Globs patterns) {
        return patterns.include().stream()
                .filter(name -> !Globs.isPattern(name))
                .filter(patterns)
                .collect(Collectors.toSet());
    }

    private static boolean refusesLogin(ReadResult.Reason reason) {
        return switch (reason) {
            case AuthenticationFailed, PermissionDenied -> true;
            case ConnectionFailed,
                    NoSuchDatabase,
                    TlsFailed,
                    TooManyConnections,
                    TimedOut,
                    ServerUnavailable,
                    ReadFailed,
                    TooManySequences -> false;
        };
    }
}
