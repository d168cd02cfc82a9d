package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.KeyKind;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.remedy.WidenRemedy;
import java.util.Objects;
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
                                "%s is %s and ends at %s. bigint needs a few more bytes a row now; widening the column later rewrites the table."
                                        .formatted(
                                                sequenceColumn.column(),
                                                sequenceColumn.type().display(),
                                                Numbers.grouped(Objects.requireNonNull(sequenceColumn
                                                                .type()
                                                                .bounds())
                                                        .max())),
                                WidenRemedy.everything(watched))));
    }
}
