package dev.seqwatch.postgres.ids;

import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.postgres.connection.BatchBisect;
import dev.seqwatch.postgres.connection.Session;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * MAX(id), or MIN(id) for descending sequences, many in a statement. It is read before the positions, so that inserts
 * that run meanwhile cannot look like ids ahead of their sequence.
 */
public final class MaxIdReader {
    private static final int BATCH = 50;
    /** Pages of a table that is scanned for want of an index. */
    private static final int SMALL = 128;

    private MaxIdReader() {}

    /** What one source answered. */
    public sealed interface FarthestId {
        record Empty() implements FarthestId {}

        record Value(BigDecimal id) implements FarthestId {}

        /** {@code NaN} or an infinity, which numeric columns may hold: other ids hide behind it. */
        record NotANumber() implements FarthestId {}

        record NotChecked(NotCheckedReason reason) implements FarthestId {}
    }

    /**
     * An extreme of one source.
     *
     * @param ascending whether the largest id is wanted; else the smallest
     * @param from ids that lie before it, as seen from the other end, do not count; null where all count
     */
    public record Wanted(
            IdSource source, boolean ascending, @Nullable BigInteger from) {
        public Wanted(IdSource source, boolean ascending) {
            this(source, ascending, null);
        }
    }

    /** A table dropped meanwhile is missing from the answer. */
    public static Map<Wanted, FarthestId> read(Session session, List<Wanted> all) throws SQLException {
        var found = new HashMap<Wanted, FarthestId>();
        for (var batch : batches(all, wanted -> wanted.source().locks())) {
            BatchBisect.run(
                    session,
                    batch,
                    wanted -> wanted.source().oid(),
                    part -> session.query(text(part), row -> found.put(part.get(row.getInt(1)), extreme(row))),
                    (wanted, refusal) -> refusal.notChecked()
                            .ifPresent(reason -> found.put(wanted, new FarthestId.NotChecked(reason))));
        }
        return found;
    }

    /** At most {@link #BATCH} tables, and at most {@link IdSource#MAX_LOCKS} locks. */
    static <T> List<List<T>> batches(List<T> all, ToIntFunction<T> locksOf) {
        var batches = new ArrayList<List<T>>();
        var locks = 0;
        for (var wanted : all) {
            locks += locksOf.applyAsInt(wanted);
            if (batches.isEmpty()
                    || locks > IdSource.MAX_LOCKS
                    || batches.getLast().size() == BATCH) {
                batches.add(new ArrayList<>());
                locks = locksOf.applyAsInt(wanted);
            }
            batches.getLast().add(wanted);
        }
        return batches;
    }

    private static String text(List<Wanted> batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> text(i, batch.get(i)))
                .collect(Collectors.joining(" UNION ALL "));
    }

    private static String text(int index, Wanted wanted) {
        var source = wanted.source();
        var from = wanted.from();
        var extreme = "(SELECT pg_catalog.%s(%s)::text FROM %s%s)"
                .formatted(
                        wanted.ascending() ? "max" : "min",
                        source.column().sql(),
                        source.from(),
                        from == null
                                ? ""
                                : " WHERE %s %s %s"
                                        .formatted(
                                                source.column().sql(),
                                                wanted.ascending() ? "<=" : ">=",
                                                IdsAhead.literal(from)));
        if (source.indexed()) {
            return "SELECT %s, true, %s".formatted(index, extreme);
        }
        var small = readable(source);
        return "SELECT %s, %s, CASE WHEN %s THEN %s END".formatted(index, small, small, extreme);
    }

    /** Whether an index answers, or the table is small. */
    static String readable(IdSource source) {
        return source.indexed()
                ? "true"
                : "pg_catalog.pg_relation_size(%s) <= %s * pg_catalog.current_setting('block_size')::bigint"
                        .formatted(source.oid(), SMALL);
    }

    /** Whether an index leads on the column, or the table is small enough to be scanned. */
    static boolean answers(Session state, IdSource source) throws SQLException {
        return source.indexed()
                || state.rows("SELECT " + readable(source), row -> row.getBoolean(1))
                        .getFirst();
    }

    private static FarthestId extreme(ResultSet row) throws SQLException {
        return row.getBoolean(2) ? value(row.getString(3)) : new FarthestId.NotChecked(NotCheckedReason.NoUsableIndex);
    }

    private static FarthestId value(@Nullable String text) {
        if (text == null) {
            return new FarthestId.Empty();
        }
        return text.endsWith("N") || text.endsWith("y")
                ? new FarthestId.NotANumber()
                : new FarthestId.Value(new BigDecimal(text));
    }
}
