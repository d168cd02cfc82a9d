package dev.seqwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.RelationName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UncheckedColumnTest {
    private static final RelationName TABLE = new RelationName("public", "customer");

    /** No trigger or function is to blame for a key whose name fits. */
    @ParameterizedTest
    @EnumSource(names = {"ProbableUse", "ProbableUseAhead"})
    void a_key_that_a_sequence_fits_is_a_column_and_no_call(NotCheckedReason reason) {
        var key = new UncheckedColumn(TABLE, "id", reason, "sequence public.customer_seq");

        assertThat(key.call()).isFalse();
        assertThat(key).hasToString("public.customer.id and sequence public.customer_seq");
    }

    @Test
    void a_call_is_named_after_what_makes_it() {
        var call = new UncheckedColumn(TABLE, "id", NotCheckedReason.UnknownCall, "trigger fill of public.customer");

        assertThat(call.call()).isTrue();
        assertThat(call).hasToString("trigger fill of public.customer");
    }
}
