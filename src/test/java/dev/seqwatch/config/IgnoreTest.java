package dev.seqwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.Finding;
import dev.seqwatch.check.Severity;
import dev.seqwatch.check.Subject;
import dev.seqwatch.model.RelationName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreTest {
    private static final RelationName ORDERS = new RelationName("legacy", "orders");
    private static final Subject SEQUENCE = Subject.of(new RelationName("legacy", "orders_id_seq"));
    private static final Subject COLUMN = SEQUENCE.column(ORDERS.column("id"));
    private static final Subject TABLE = new Subject(null, null, ORDERS, null, "app");
    private static final Subject GAP = new Subject("legacy", null, null, null, "app");

    @ParameterizedTest
    @CsvSource({
        "*, true, true, true, true, true",
        "*.legacy.*, true, true, true, false, false",
        "shop.*, true, true, true, true, false",
        "shop, false, false, false, false, true",
        "shop.legacy, false, false, false, true, false",
        "shop.app, false, false, false, true, false",
        "shop.legacy.orders, false, true, true, false, false",
        "shop.legacy.orders.id, false, true, false, false, false",
        "shop.legacy.orders_id_seq, true, true, false, false, false",
        "*_id_seq, true, true, false, false, false",
        "Shop.*, false, false, false, false, false",
        "crm.*, false, false, false, false, false"
    })
    void objects_are_named_from_the_database_down(
            String pattern, boolean sequence, boolean column, boolean table, boolean gap, boolean database) {
        var ignore = new Ignore(List.of("nothing", pattern), List.of("*"), "r", null);
        assertThat(ignore.matches("shop", finding("X", SEQUENCE))).isEqualTo(sequence);
        assertThat(ignore.matches("shop", finding("X", COLUMN))).isEqualTo(column);
        assertThat(ignore.matches("shop", finding("X", TABLE))).isEqualTo(table);
        assertThat(ignore.matches("shop", finding("X", GAP))).isEqualTo(gap);
        assertThat(ignore.matches("shop", finding("X", new Subject(null, null, null, null, null))))
                .isEqualTo(database);
    }

    @Test
    void checks_are_patterns_too() {
        var ignore = new Ignore(List.of("*"), List.of("Key*", "OrphanSequence"), "r", null);
        assertThat(ignore.matches("shop", finding("KeyNotBigint", SEQUENCE))).isTrue();
        assertThat(ignore.matches("shop", finding("OrphanSequence", SEQUENCE))).isTrue();
        assertThat(ignore.matches("shop", finding("SequenceBehind", SEQUENCE))).isFalse();
    }

    @Test
    void the_last_day_counts_in_full_in_utc() {
        var ignore = new Ignore(List.of("*"), List.of("*"), "r", LocalDate.of(2027, 3, 31));
        assertThat(ignore.expired(Instant.parse("2027-03-31T23:59:59Z"))).isFalse();
        assertThat(ignore.expired(Instant.parse("2027-04-01T00:00:00Z"))).isTrue();
        assertThat(new Ignore(List.of("*"), List.of("*"), "r", null).expired(Instant.MAX))
                .isFalse();
    }

    private static Finding finding(String check, Subject subject) {
        return new Finding(check, Severity.Warning, subject, "", null);
    }
}
