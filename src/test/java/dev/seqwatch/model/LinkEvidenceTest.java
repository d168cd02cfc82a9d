package dev.seqwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkEvidenceTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            customer_seq, customer, id, true
            CUSTOMER_SEQ, Customer, id, true
            customer_seq, customers, id, true
            customer_id_seq, customer, id, true
            customer_customer_id_seq, customer, customer_id, true
            customer_id_seq, person, customer_id, true
            seq_customer, customer, id, true
            partner_sq, partner, partner_id, true
            state_group_id_seq, state_groups, id, true
            id_seq, customer, id, false
            customer_seq, customer_order, id, false
            order_seq, customer, id, false
            customer, customer, id, false
            s, s, id, false
            """)
    void names(String sequence, String table, String column, boolean fit) {
        assertThat(Collections.disjoint(LinkEvidence.stems(sequence), LinkEvidence.namesOf(table, column)))
                .isNotEqualTo(fit);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1, 100, 100, Agree
            1, 100, 99, Agree
            1, 100, 101, Ahead
            1, 100, , None
            1, , , None
            1, , 1, Ahead
            1, 2000000000, 1900000000, Agree
            1, 2000000000, 1000, FarBefore
            50, 2147480001, 2147480050, Agree
            50, 2147480001, 2147480051, Ahead
            50, 101, 60, Agree
            50, 2147480001, 30, FarBefore
            -1, -100, -100, Agree
            -1, -100, -101, Ahead
            -1, -2000000, -5, FarBefore
            """)
    void ids(int increment, @Nullable Long last, @Nullable BigDecimal farthest, LinkEvidence.Ids expected) {
        var ascending = increment > 0;
        var sequence = Given.sequence(
                ValueRange.BIGINT, BigInteger.valueOf(ascending ? 1 : -1), BigInteger.valueOf(increment), false);
        var position =
                last == null ? new Position.NeverCalled(BigInteger.ONE) : new Position.At(BigInteger.valueOf(last));
        assertThat(LinkEvidence.compare(sequence, position, farthest)).isEqualTo(expected);
    }
}
