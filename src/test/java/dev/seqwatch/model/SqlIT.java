package dev.seqwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SqlIT {
    private static final List<String> ODD_NAMES = List.of(
            "plain",
            "_1",
            "1a",
            "Upper",
            "two words",
            "dot.ted",
            "quo\"te",
            "apo'strophe",
            "back\\slash",
            "new\nline",
            "tab\there",
            "ünïcödé",
            "日本",
            "semi;colon",
            "--",
            "/*",
            "$$",
            "",
            "a$b",
            "%s",
            "é".repeat(31));

    @ParameterizedTest
    @CsvSource({
        "orders, orders",
        "_x1, _x1",
        "Orders, '\"Orders\"'",
        "1a, '\"1a\"'",
        "a$b, '\"a$b\"'",
        "user, '\"user\"'",
        "name, name"
    })
    void identifiers(String name, String sql) {
        assertThat(Sql.identifier(name)).isEqualTo(sql);
    }

    @Test
    void quotesDouble() {
        assertThat(Sql.identifier("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(Sql.literal("a'b")).isEqualTo("'a''b'");
        assertThat(Sql.literal("a\\b'")).isEqualTo(" E'a\\\\b'''");
    }

    @Test
    void commentsStayComments() {
        assertThat(Sql.comment("one\ntwo; DROP TABLE t")).isEqualTo("-- one\n-- two; DROP TABLE t");
        assertThat(Sql.comment("carriage\rreturn\u2028separator")).isEqualTo("-- carriage return separator");
        assertThat(Sql.comment("")).isEqualTo("--");
    }

    /** PostgreSQL's own quote_ident is the authority; ours may only quote more. */
    @ParameterizedTest
    @MethodSource("dev.seqwatch.testing.PostgresServer#all")
    void everyKeywordAndOddNameSurvives(PostgresServer server) throws SQLException {
        try (var connection = server.connect("postgres", server.superuser());
                var statement = connection.createStatement()) {
            var keywords = new java.util.ArrayList<String>();
            try (var rows = statement.executeQuery(
                    "SELECT word FROM pg_get_keywords() WHERE quote_ident(word) <> word ORDER BY word")) {
                while (rows.next()) {
                    keywords.add(rows.getString(1));
                }
            }
            assertThat(keywords)
                    .isNotEmpty()
                    .allSatisfy(word -> assertThat(Sql.identifier(word)).isEqualTo("\"" + word + "\""));
            for (var name : ODD_NAMES) {
                if (!name.isEmpty()) {
                    try (var rows = statement.executeQuery("SELECT 1 AS " + Sql.identifier(name))) {
                        assertThat(rows.getMetaData().getColumnLabel(1)).isEqualTo(name);
                    }
                }
                try (var rows = statement.executeQuery("SELECT" + " " + Sql.literal(name))) {
                    rows.next();
                    assertThat(rows.getString(1)).isEqualTo(name);
                }
            }
        }
    }
}
