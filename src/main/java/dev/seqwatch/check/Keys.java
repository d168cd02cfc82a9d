package dev.seqwatch.check;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.NotCheckedReason;
import dev.seqwatch.sequence.WatchedSequence;

/** What kind of key a column is. */
final class Keys {
    private Keys() {}

    /** What {@code serial} makes: a default, and a sequence that the column owns (manual, section 8.1.4). */
    static boolean serial(WatchedSequence watched, Consumer consumer) {
        var owned = watched.owned();
        return consumer.draw() == Draw.Default
                && owned != null
                && owned.draws()
                && owned.column().equals(consumer.column());
    }

    /** A foreign table: what its rows are and what keeps them unique is not known here. */
    static boolean foreign(Consumer consumer) {
        return consumer.stored().gaps().stream()
                .anyMatch(gap -> gap.reason() == NotCheckedReason.ForeignTable
                        && gap.table().equals(consumer.table().name()));
    }

    /**
     * What inserts do with a value that the column cannot hold: an identity column takes the lower bytes of what its
     * sequence gives (execExprInterp.c, ExecEvalNextValueExpr), every other refuses.
     */
    static String overflow(Consumer consumer) {
        return consumer.draw().identity()
                ? "inserts store ids cut to the column's width, which jump to its other end"
                : "inserts fail with \"out of range\"";
    }

    static boolean smallOrInteger(Consumer consumer) {
        return consumer.type().base().equals("int2") || consumer.type().base().equals("int4");
    }
}
