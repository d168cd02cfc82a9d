package dev.seqwatch.check;

import dev.seqwatch.model.Limit;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.WatchedSequence;

/** Which column a finding about a sequence is told of. */
final class Subjects {
    private Subjects() {}

    /** The column that sets the limit, else the first that it feeds, else the one that owns. */
    static Subject of(WatchedSequence watched) {
        var subject = Subject.of(watched.name());
        return watched.sequenceColumns().stream()
                .filter(sequenceColumn ->
                        sequenceColumn.storesValues() || watched.limit().origin() instanceof Limit.Origin.OfExpression)
                .filter(sequenceColumn -> setsLimit(watched.limit(), sequenceColumn))
                .findFirst()
                .or(() -> watched.sequenceColumns().stream().findFirst())
                .map(sequenceColumn -> subject.column(sequenceColumn.column()))
                .orElseGet(() -> watched.owned() == null
                        ? subject
                        : subject.column(watched.owned().column()));
    }

    /** False where another column does; true where none of those that use the sequence can. */
    private static boolean setsLimit(Limit limit, SequenceColumn sequenceColumn) {
        return switch (limit.origin()) {
            case Limit.Origin.OfColumn(var column, var _) -> column.equals(sequenceColumn.column());
            case Limit.Origin.Declared(var column, var _) -> column.equals(sequenceColumn.column());
            case Limit.Origin.OfCheck(var column, var _) -> column.equals(sequenceColumn.column());
            case Limit.Origin.OfExpression(var column, var _, var _) -> column.equals(sequenceColumn.column());
            case Limit.Origin.OfGenerated(var column, var _, var _, var _) ->
                column.table().equals(sequenceColumn.column().table());
            case Limit.Origin.OwnRange _, Limit.Origin.OfReference _ -> true;
        };
    }
}
