package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Limit;
import dev.seqwatch.sequence.WatchedSequence;

/** Which column a finding about a sequence is told of. */
final class Subjects {
    private Subjects() {}

    /** The column that sets the limit, else the first that draws, else the one that owns. */
    static Subject of(WatchedSequence watched) {
        var subject = Subject.of(watched.name());
        return watched.consumers().stream()
                .filter(Consumer::storesValues)
                .filter(consumer -> setsLimit(watched.limit(), consumer))
                .findFirst()
                .or(() -> watched.consumers().stream().findFirst())
                .map(consumer -> subject.column(consumer.column()))
                .orElseGet(() -> watched.owned() == null
                        ? subject
                        : subject.column(watched.owned().column()));
    }

    /** False where another column does; true where none of those that draw can. */
    private static boolean setsLimit(Limit limit, Consumer consumer) {
        var column = consumer.column().toString();
        return switch (limit.kind()) {
            case Column -> limit.setBy().startsWith(column + " ");
            case Declared -> (limit.setBy() + " ").contains(" declared for " + column + " ");
            case Sequence, Reference -> true;
        };
    }
}
