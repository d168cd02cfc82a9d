package dev.seqwatch.check;

import dev.seqwatch.model.KeyKind;
import dev.seqwatch.model.Limit;
import dev.seqwatch.model.WatchedSequence;
import java.util.List;

/** What breaks when a sequence reaches its limit, and where. */
final class ExhaustionEffect {
    private static final int NAMED = 3;

    private ExhaustionEffect() {}

    /** A sentence with a space before it; empty where the limit is a person's own. */
    static String breaks(WatchedSequence watched) {
        return switch (watched.limit().kind()) {
            case Sequence -> " Then nextval fails" + inserts(watched) + ".";
            case Column -> " Then " + overflow(watched) + ".";
            case Reference ->
                " Then rows with larger ids cannot be referenced there: such inserts fail with \"out of range\".";
            case Check -> " Then " + overflow(watched) + ".";
            case Declared -> "";
        };
    }

    /** {@code , and so does every insert into public.a, public.b that needs it}; empty where no column is known to use it. */
    static String inserts(WatchedSequence watched) {
        var tables = watched.sequenceColumns().stream()
                .map(sequenceColumn -> sequenceColumn.table().name().toString())
                .distinct()
                .toList();
        return tables.isEmpty() ? "" : ", and so does every insert into %s that needs it".formatted(names(tables));
    }

    /** Of the column that sets the limit. */
    static String overflow(WatchedSequence watched) {
        if (watched.limit().origin() instanceof Limit.Origin.OfCheck) {
            return "inserts fail with \"violates check constraint\"";
        }
        if ((watched.limit().origin() instanceof Limit.Origin.OfExpression(var _, var type, var _) && type.isText())
                || (watched.limit().origin() instanceof Limit.Origin.OfGenerated(var _, var generatedType, var _, var _)
                        && generatedType.isText())) {
            return "larger numbers are cut or refused, so that inserts fail";
        }
        if (watched.limit().origin() instanceof Limit.Origin.OfGenerated generated && !generated.stored()) {
            return "reads of the generated column fail with \"out of range\"";
        }
        return watched.sequenceColumns().stream()
                .filter(sequenceColumn ->
                        sequenceColumn.column().equals(watched.limit().column()))
                .findFirst()
                .map(KeyKind::overflow)
                .orElse("inserts fail with \"out of range\"");
    }

    private static String names(List<String> all) {
        var named = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
        return all.size() > NAMED ? "%s and %s more tables".formatted(named, all.size() - NAMED) : named;
    }
}
