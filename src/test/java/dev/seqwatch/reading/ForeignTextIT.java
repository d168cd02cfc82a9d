package dev.seqwatch.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts in another encoding than the connection's, and under another collation than their index. */
class ForeignTextIT {
    static List<PostgresServer> ends() {
        return Stream.of(PostgresServer.MAJORS.getFirst(), PostgresServer.MAJORS.getLast())
                .distinct()
                .map(PostgresServer::of)
                .toList();
    }

    /** A letter of LATIN1 alone is no UTF-8, and SQL_ASCII is no encoding: PostgreSQL converts nothing. */
    @ParameterizedTest
    @MethodSource("ends")
    void names_in_latin1_in_a_database_without_an_encoding_are_read(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            var name = database.name() + "_bytes";
            var bytes = new Database(server, name);
            database.execute(
                    "CREATE DATABASE " + name + " ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
            try (bytes) {
                bytes.execute("""
                        DO $$ DECLARE sharp_s text := convert_from('\\xdf', 'SQL_ASCII');
                        BEGIN
                          EXECUTE 'CREATE SCHEMA "gr' || sharp_s || '"';
                          EXECUTE 'CREATE TABLE "gr' || sharp_s || '"."stra' || sharp_s || 'e"(id serial PRIMARY KEY)';
                          EXECUTE 'INSERT INTO "gr' || sharp_s || '"."stra' || sharp_s || 'e" VALUES (3)';
                          EXECUTE 'CREATE FUNCTION f() RETURNS text LANGUAGE sql AS ''SELECT ''''' || sharp_s || '''''''';
                        END $$""");
                var state = read(bytes);

                assertThat(state.unknown()).isEmpty();
                assertThat(state.sequences())
                        .extracting(watched -> watched.name().toString())
                        .containsExactly("grß.straße_id_seq");
                assertThat(state.sequences().getFirst().collisionDistance()).isEqualTo(3);
            }
        }
    }

    /** No index of another collation answers, so that each of a thousand probes would scan the table. */
    @ParameterizedTest
    @MethodSource("ends")
    void ids_whose_index_has_another_collation_are_not_searched(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("""
                    CREATE SEQUENCE s;
                    CREATE TABLE t(id text COLLATE "POSIX" DEFAULT 'R' || lpad(nextval('s')::text, 6, '0'), filler text);
                    CREATE UNIQUE INDEX ON t (id COLLATE "C");
                    INSERT INTO t SELECT 'R' || lpad(i::text, 6, '0'), repeat('x', 200) FROM generate_series(1, 10000) i;
                    """);
            var stored = read(database)
                    .sequences()
                    .getFirst()
                    .sequenceColumns()
                    .getFirst()
                    .stored();

            assertThat(stored.collision()).isNull();
            assertThat(stored.gaps())
                    .singleElement()
                    .satisfies(gap -> assertThat(gap.reason()).isEqualTo(NotCheckedReason.NoUsableIndex));

            database.execute("CREATE UNIQUE INDEX ON t (id)");
            assertThat(read(database).sequences())
                    .singleElement()
                    .extracting(WatchedSequence::collisionDistance)
                    .hasToString("1");
        }
    }

    private static DatabaseState read(Database database) {
        var reading = new DatabaseReader(InstantSource.system()).read(database.target(), database.name(), Scope.ALL);
        assertThat(reading).isInstanceOf(ReadResult.Success.class);
        return ((ReadResult.Success) reading).state();
    }
}
