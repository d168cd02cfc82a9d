package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.KeyKind;
import dev.seqwatch.remedy.WidenRemedy;
import java.util.stream.Stream;

/** A key that ends at 32,767 or at two thousand million. */
final class KeyNotBigint implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream()
                .flatMap(watched -> watched.sequenceColumns().stream()
                        .filter(sequenceColumn ->
                                sequenceColumn.storesValues() && KeyKind.smallOrInteger(sequenceColumn))
                        .map(sequenceColumn -> Finding.of(
                                this,
                                Severity.Info,
                                Subject.of(watched.name()).column(sequenceColumn.column()),
                                "%s is %s: bigint costs four bytes a row or less, and widening later costs a rewrite."
                                        .formatted(
                                                sequenceColumn.column(),
                                                sequenceColumn.type().display()),
                                WidenRemedy.everything(watched))));
    }
}
