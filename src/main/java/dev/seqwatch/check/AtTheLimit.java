package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Limit;
import dev.seqwatch.sequence.WatchedSequence;
import java.util.List;

/** What breaks when a sequence reaches its limit, and where. */
final class AtTheLimit {
    private static final int NAMED = 3;

    private AtTheLimit() {}

    /** A sentence with a space before it; empty where the limit is a person's own. */
    static String breaks(WatchedSequence watched) {
        return switch (watched.limit().kind()) {
            case Sequence -> " Then nextval fails" + inserts(watched) + ".";
            case Column -> " Then " + overflow(watched) + ".";
            case Reference ->
                " Then rows with larger ids cannot be referenced there: such inserts fail with \"out of range\".";
            case Declared -> "";
        };
    }

    /** {@code , and so does every insert into public.a, public.b that needs it}; empty where no column is known to draw. */
    static String inserts(WatchedSequence watched) {
        var tables = watched.consumers().stream()
                .map(consumer -> consumer.table().name().toString())
                .distinct()
                .toList();
        return tables.isEmpty() ? "" : ", and so does every insert into %s that needs it".formatted(names(tables));
    }

    /** Of the column that sets the limit. */
    static String overflow(WatchedSequence watched) {
        var limit = watched.limit();
        return watched.consumers().stream()
                .filter(consumer -> setsLimit(limit, consumer))
                .findFirst()
                .map(Keys::overflow)
                .orElse("inserts fail with \"out of range\"");
    }

    private static boolean setsLimit(Limit limit, Consumer consumer) {
        return limit.kind() == Limit.Kind.Column && limit.setBy().startsWith(consumer.column() + " ");
    }

    private static String names(List<String> all) {
        var named = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
        return all.size() > NAMED ? "%s and %d more tables".formatted(named, all.size() - NAMED) : named;
    }
}
