package dev.seqwatch.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One table of SQLSTATEs, for what ends a connection and for what a statement meets. */
class SqlStateTest {
    @ParameterizedTest
    @CsvSource({
        "57P01, ServerUnavailable, ConnectionLost",
        "57P02, ServerUnavailable, ConnectionLost",
        "57P03, ServerUnavailable, ConnectionLost",
        "57P04, NoSuchDatabase, ConnectionLost",
        "57P05, ConnectionLost, ConnectionLost",
        "25P03, ConnectionLost, ConnectionLost",
        "08006, ConnectionLost, ConnectionLost",
        "08P01, ProtocolViolation, ConnectionLost",
        "'', ConnectionLost, ConnectionLost",
        "57014, Cancelled, TimedOut",
        "55P03, Locked, Locked",
        "42501, NoPrivilege, NoPrivilege",
        "42P01, Gone, Gone",
        "42703, Gone, Gone",
        "3F000, Gone, Gone",
        "22P02, Other, Other",
        "XX000, Other, Other"
    })
    void both_sides_read_one_table(String state, SqlState meaning, StatementError ofStatement) {
        var e = new SQLException("Diese Worte sagen nichts", state);

        assertThat(SqlState.of(e)).isEqualTo(meaning);
        assertThat(StatementError.of(e)).isEqualTo(ofStatement);
    }
}
