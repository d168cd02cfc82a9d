package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;

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
}
