package dev.seqwatch.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.DatabaseState.UnknownCall;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that calls nextval on a sequence which its text does not show is listed, not passed over. */
class UnknownCallsIT {
    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void each_is_named(PostgresServer server) throws SQLException {
        try (var database = server.database()) {
            database.execute("""
                    CREATE TABLE t(id int PRIMARY KEY); CREATE TABLE u(id int PRIMARY KEY); CREATE SEQUENCE s;
                    CREATE FUNCTION dynamic() RETURNS trigger LANGUAGE plpgsql AS
                      $$BEGIN EXECUTE 'SELECT nextval(''s'')' INTO NEW.id; RETURN NEW; END$$;
                    CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION dynamic();
                    CREATE FUNCTION missing() RETURNS trigger LANGUAGE plpgsql AS
                      $$BEGIN NEW.id := nextval('no_such_seq'); RETURN NEW; END$$;
                    CREATE TRIGGER b BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION missing();
                    CREATE FUNCTION computed(which text) RETURNS bigint LANGUAGE plpgsql AS
                      $$DECLARE q text := lower(which); BEGIN RETURN nextval(q::regclass); END$$;
                    CREATE FUNCTION passed_on(q regclass) RETURNS bigint LANGUAGE sql AS 'SELECT nextval(q)';
                    CREATE FUNCTION harmless() RETURNS int LANGUAGE sql AS '/* nextval(x) */ SELECT 1';
                    """);
            var table = new RelationName("public", "t");
            assertThat(Inspect.state(database).unknownCalls())
                    .containsExactlyInAnyOrder(
                            new UnknownCall("trigger b of public.t", table, null),
                            new UnknownCall("trigger b of public.u", new RelationName("public", "u"), "id"),
                            new UnknownCall("function public.computed", null, null));
        }
    }
}
