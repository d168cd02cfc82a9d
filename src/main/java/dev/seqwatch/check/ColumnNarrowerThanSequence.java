package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.KeyKind;
import dev.seqwatch.model.Numbers;
import dev.seqwatch.model.WatchedSequence;
import dev.seqwatch.remedy.WidenRemedy;
import java.util.stream.Stream;

/** The type of a column ends before its sequence does: what reads the sequence alone sees room that is not there. */
final class ColumnNarrowerThanSequence implements Check {
    @Override
    public Stream<Finding> examine(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        return state.sequences().stream().flatMap(this::examine);
    }

    private Stream<Finding> examine(WatchedSequence watched) {
        var sequence = watched.sequence();
        return watched.sequenceColumns().stream()
                .filter(sequenceColumn -> sequenceColumn.storesValues()
                        && WidenRemedy.endsBefore(sequenceColumn.type(), sequence.end(), sequence.ascending()))
                .map(sequenceColumn -> Finding.of(
                        this,
                        Severity.Info,
                        Subject.of(watched.name()).column(sequenceColumn.column()),
                        "%s is %s and ends before %s, which continues to %s: %s, while the sequence still looks healthy."
                                .formatted(
                                        sequenceColumn.column(),
                                        sequenceColumn.type().display(),
                                        watched.name(),
                                        Numbers.grouped(sequence.end()),
                                        KeyKind.overflow(sequenceColumn)),
                        WidenRemedy.everything(watched)));
    }
}
