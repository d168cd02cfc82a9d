package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.seqwatch.model.DatabaseState.UnknownCall;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key that a sequence feeds by its name, and that our role may not read, is listed as not compared. */
class UnreadKeysIT {
    static Stream<PostgresServer> servers() {
        return Stream.of(13, 18).map(PostgresServer::of);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void each_is_named(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            var role = database.name() + "_blind";
            database.execute("""
                    CREATE TABLE customer(id int PRIMARY KEY); CREATE SEQUENCE customer_seq; CREATE SEQUENCE leftover_seq;
                    INSERT INTO customer VALUES (1); SELECT nextval('customer_seq');
                    CREATE ROLE %s LOGIN; GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO %s;
                    """.formatted(role, role));

            assertThat(Inspect.state(database, database.target(role)).unknownCalls())
                    .containsExactly(new UnknownCall(
                            "sequence public.customer_seq",
                            new RelationName("public", "customer"),
                            "id",
                            NotCheckedReason.ProbableUse));
            assertThat(Inspect.state(database).unknownCalls()).isEmpty();
        }
    }

    /** As a restore without positions leaves them. Ids of another kind look alike, so that it is no finding. */
    @ParameterizedTest
    @MethodSource("servers")
    void ids_ahead_of_a_sequence_that_fits_are_named(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("""
                    CREATE TABLE customer(id int PRIMARY KEY); CREATE SEQUENCE customer_seq INCREMENT 50;
                    INSERT INTO customer SELECT generate_series(1, 4000);
                    CREATE TABLE supplier(id int PRIMARY KEY); CREATE SEQUENCE numbers OWNED BY supplier.id;
                    INSERT INTO supplier SELECT generate_series(1, 4000);
                    CREATE TABLE stored(id int PRIMARY KEY); CREATE SEQUENCE stored_seq;
                    INSERT INTO stored SELECT generate_series(1, 4000); SELECT setval('stored_seq', 4000);
                    """);

            assertThat(Inspect.state(database).unknownCalls())
                    .extracting(UnknownCall::caller, UnknownCall::reason)
                    .containsExactlyInAnyOrder(
                            tuple("sequence public.customer_seq", NotCheckedReason.ProbableUseAhead),
                            tuple("sequence public.numbers", NotCheckedReason.ProbableUseAhead));
            assertThat(Inspect.bad(database)).isEmpty();
        }
    }
}
