package dev.seqwatch.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.config.Declarations;
import dev.seqwatch.config.Globs;
import dev.seqwatch.config.MonitorConfig;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.postgres.connection.Target;
import dev.seqwatch.testing.Database;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A pattern that takes nothing is a slip, or outlived its reason. */
class SpecWarningsIT {
    private static final Inspection SHOP = inspection(
            "shop",
            new ReadResult.Success(Given.state(
                    Given.watched(Given.sequence("bigint"), new Position.At(BigInteger.ONE), List.of(), List.of()))));
    private static final Inspection UNREAD = inspection(
            "shop", new ReadResult.Unreachable(ReadResult.Reason.TimedOut, "no answer", Instant.EPOCH, Duration.ZERO));

    @Test
    void patterns_that_take_nothing_are_warnings() {
        assertThat(warnings(List.of("shop*", "crm_*"), List.of("public", "nope"), SHOP))
                .containsExactly(
                        "spec.databases.include[1]: \"crm_*\" matches no database of the server. Correct the pattern, or remove it.",
                        "spec.schemas.include[1]: \"nope\" matches no schema with a sequence. Correct the pattern, or remove it.");
    }

    @Test
    void what_was_not_read_proves_nothing() {
        assertThat(warnings(List.of("shop", "crm_*"), List.of("nope"), UNREAD)).isEmpty();
    }

    @Test
    void patterns_that_take_something_are_none() {
        assertThat(warnings(List.of("*"), List.of("*"), SHOP)).isEmpty();
        assertThat(warnings(List.of("sh?p", "rds*"), List.of("pub*"), SHOP))
                .as("a database that is set aside is matched")
                .isEmpty();
    }

    private static List<String> warnings(List<String> databases, List<String> schemas, Inspection inspection) {
        var config = new MonitorConfig(
                new Target(
                        List.of(new Target.Host("db", 5432)),
                        new Target.Credentials("app", null),
                        Target.Tls.PREFER,
                        1,
                        Target.Timeouts.DEFAULT,
                        Database.ORIGIN),
                "postgres",
                new Globs(databases, List.of()),
                new Globs(schemas, List.of()),
                Declarations.NONE,
                CheckPolicy.DEFAULT,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5));
        var server = new ServerInspection(List.of(inspection), List.of(new SetAside("rdsadmin", "refused")), Set.of());
        return SpecWarnings.of(config, server, Instant.EPOCH);
    }

    private static Inspection inspection(String database, ReadResult reading) {
        return Inspection.of(database, reading, CheckPolicy.DEFAULT, List.of(), DatabaseHistory.NONE);
    }
}
