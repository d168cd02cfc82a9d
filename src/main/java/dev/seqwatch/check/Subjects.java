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
                .filter(consumer -> watched.limit().kind() != Limit.Kind.Column
                        || watched.limit().setBy().startsWith(consumer.column() + " "))
                .findFirst()
                .or(() -> watched.consumers().stream().findFirst())
                .map(consumer -> subject.column(consumer.column()))
                .orElseGet(() -> watched.owned() == null
                        ? subject
                        : subject.column(watched.owned().column()));
    }
}
