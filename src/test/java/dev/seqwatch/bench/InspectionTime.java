package dev.seqwatch.bench;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.connection.ConnectionGuard;
import dev.seqwatch.postgres.connection.WorkPermits;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import dev.seqwatch.testing.PostgresTools;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The time of an inspection beside that of psql, which selects what common monitors select: all of {@code pg_sequences}, and
 * the position of each sequence by a statement of its own. The three run in turn, and the medians are compared.
 *
 * <p>A third of the sequences are serial, a third identity, a third free-standing. A third of the tables have rows, each has
 * two further indexes, and every second table references the one before it.
 *
 * <p>Arguments: numbers of sequences, e.g. {@code 1000 5000 20000}.
 */
final class InspectionTime {
    private static final int ROUNDS = 5;
    private static final int STATEMENTS_AT_ONCE = 1_000;

    private InspectionTime() {}

    private record Row(int major, int sequences, Duration inspection, Duration server, Duration view, Duration each) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %d | %,d | %.2f s | %.2f s | %.2f s | %.1f | %.2f s | %.1f |",
                    major,
                    sequences,
                    seconds(inspection),
                    seconds(server),
                    seconds(view),
                    seconds(inspection) / seconds(view),
                    seconds(each),
                    seconds(inspection) / seconds(each));
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(
                "| PostgreSQL | sequences | inspection | of which the server works | psql: pg_sequences | ratio"
                        + " | psql: one statement a sequence | ratio |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (var server : List.of(PostgresServer.of(13), PostgresServer.of(18))) {
            var rows = new ArrayList<Row>();
            for (var argument : arguments) {
                var row = measure(server, Integer.parseInt(argument));
                System.out.println(row.line());
                rows.add(row);
            }
            if (rows.size() > 1) {
                System.out.printf(
                        Locale.ROOT,
                        "%nPostgreSQL %d: the time of an inspection grows with the number of sequences to the power of %.2f.%n%n",
                        server.major(),
                        exponent(rows));
            }
        }
        System.exit(0);
    }

    private static Row measure(PostgresServer server, int sequences) throws Exception {
        try (var database = server.database("bench_" + sequences)) {
            fill(database, sequences);
            var inspections = new ArrayList<Duration>();
            var worked = new ArrayList<Duration>();
            var views = new ArrayList<Duration>();
            var statements = new ArrayList<Duration>();
            var each = eachByItself(database);
            for (var round = 0; round <= ROUNDS; round++) {
                var guard = new ConnectionGuard(InstantSource.system(), new WorkPermits(1));
                inspections.add(time(() -> inspect(database, guard)));
                worked.add(guard.statementTime());
                views.add(time(() -> PostgresTools.query(database, "SELECT * FROM pg_sequences")));
                statements.add(time(() -> PostgresTools.query(database, each)));
                if (round == 0) {
                    List.of(inspections, worked, views, statements).forEach(List::clear);
                }
            }
            return new Row(
                    server.major(), sequences, median(inspections), median(worked), median(views), median(statements));
        }
    }

    private static Inspection inspect(Database database, ConnectionGuard guard) {
        var reading =
                new DatabaseReader(InstantSource.system(), guard).read(database.target(), database.name(), Scope.ALL);
        if (reading instanceof ReadResult.Unreachable unreachable) {
            throw new IllegalStateException(unreachable.sentence());
        }
        return Inspection.of(database.name(), reading, CheckPolicy.DEFAULT, List.of(), DatabaseHistory.NONE);
    }

    private static void fill(Database database, int sequences) throws SQLException {
        for (var from = 1; from <= sequences; from += STATEMENTS_AT_ONCE) {
            database.execute("""
                    DO $$
                    BEGIN
                      FOR i IN %s..%s LOOP
                        EXECUTE CASE i %% 3
                          WHEN 0 THEN format('CREATE SEQUENCE free_%%s', i)
                          WHEN 1 THEN format('CREATE TABLE serial_%%s (id serial PRIMARY KEY, a int, b text)', i)
                          ELSE format('CREATE TABLE identity_%%s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int REFERENCES serial_%%s, b text)', i, i - 1)
                        END;
                        IF i %% 3 > 0 THEN
                          EXECUTE format('CREATE INDEX ON %%s (a); CREATE INDEX ON %%1$s (b)',
                                         CASE i %% 3 WHEN 1 THEN 'serial_' ELSE 'identity_' END || i);
                        END IF;
                        IF i %% 9 = 1 THEN
                          EXECUTE format('INSERT INTO serial_%%s (b) SELECT n FROM generate_series(1, 20) AS n', i);
                        END IF;
                      END LOOP;
                    END $$
                    """.formatted(from, Math.min(sequences, from + STATEMENTS_AT_ONCE - 1)));
        }
        database.execute("VACUUM ANALYZE");
    }

    private static String eachByItself(Database database) throws SQLException {
        return database.value("""
                SELECT string_agg(format('SELECT last_value FROM %s;', oid::regclass), E'\\n') FROM pg_class WHERE relkind = 'S'
                """);
    }

    private static Duration time(Callable<?> work) throws Exception {
        var from = System.nanoTime();
        work.call();
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private static Duration median(List<Duration> times) {
        return times.stream().sorted().collect(Collectors.toList()).get(times.size() / 2);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** The slope of the least squares line through the logarithms. */
    private static double exponent(List<Row> rows) {
        var x = rows.stream().mapToDouble(row -> Math.log(row.sequences())).toArray();
        var y = rows.stream()
                .mapToDouble(row -> Math.log(seconds(row.inspection())))
                .toArray();
        var meanX =
                IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElseThrow();
        var meanY =
                IntStream.range(0, y.length).mapToDouble(i -> y[i]).average().orElseThrow();
        return IntStream.range(0, x.length)
                        .mapToDouble(i -> (x[i] - meanX) * (y[i] - meanY))
                        .sum()
                / IntStream.range(0, x.length)
                        .mapToDouble(i -> (x[i] - meanX) * (x[i] - meanX))
                        .sum();
    }
}
