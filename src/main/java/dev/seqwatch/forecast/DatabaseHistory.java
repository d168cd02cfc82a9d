package dev.seqwatch.forecast;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.IntegerColumn;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Server;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the sequences of one database stood before, when they were expected to end, and how far the ids of integer columns
 * came.
 *
 * @param columns the largest known values of the columns of which {@link DatabaseState#integerColumns} tells
 * @param ends the end of a sequence by the last inspection's forecast, where that was firm and less than a year away; it
 *     keeps a severity from changing back and forth, and is lost with a restart
 * @param database as {@link Server#database()} identified it; null where it did not
 */
public record DatabaseHistory(
        Map<RelationName, PositionHistory> tracks,
        Map<ColumnName, PositionHistory> columns,
        Map<RelationName, Instant> ends,
        @Nullable String database) {
    public static final DatabaseHistory NONE = new DatabaseHistory(Map.of());

    /** Of a database that its server did not identify. */
    public DatabaseHistory(Map<RelationName, PositionHistory> tracks) {
        this(tracks, null);
    }

    /** Of sequences alone. */
    public DatabaseHistory(Map<RelationName, PositionHistory> tracks, @Nullable String database) {
        this(tracks, Map.of(), database);
    }

    /** Of a database whose forecasts are not known. */
    public DatabaseHistory(
            Map<RelationName, PositionHistory> tracks,
            Map<ColumnName, PositionHistory> columns,
            @Nullable String database) {
        this(tracks, columns, Map.of(), database);
    }

    public DatabaseHistory {
        tracks = Map.copyOf(tracks);
        columns = Map.copyOf(columns);
        ends = Map.copyOf(ends);
    }

    public PositionHistory of(RelationName sequence) {
        return tracks.getOrDefault(sequence, PositionHistory.EMPTY);
    }

    /** Whether it is not known to be that of another database of the same name. */
    public boolean mayBeOf(Server server) {
        return database == null || database.equals(server.database());
    }

    /** With what the snapshot saw; a sequence that is gone is forgotten, one that was not readable is kept. */
    public DatabaseHistory with(DatabaseState state) {
        var next = new HashMap<RelationName, PositionHistory>();
        var nextEnds = new HashMap<RelationName, Instant>();
        for (var watched : state.sequences()) {
            var position = watched.position().next(watched.sequence());
            var track = of(watched.name());
            var longer = position == null ? track : track.with(new PositionHistory.Sample(state.takenAt(), position));
            if (!longer.equals(PositionHistory.EMPTY)) {
                next.put(watched.name(), longer);
            }
            Forecast.near(watched, state, this)
                    .ifPresent(forecast ->
                            nextEnds.put(watched.name(), state.takenAt().plus(forecast.left())));
        }
        return new DatabaseHistory(
                next, columns(state), nextEnds, state.server().database());
    }

    /** A column is forgotten when its values are known to lie far from the end of its type. */
    private Map<ColumnName, PositionHistory> columns(DatabaseState state) {
        var integers = state.integerColumns();
        var next = new HashMap<ColumnName, PositionHistory>();
        columns.forEach((column, track) -> {
            if (!state.knows(Fact.IntegerColumns) || integers.unread().contains(column)) {
                next.put(column, track);
            }
        });
        for (var column : integers.beyondHalf()) {
            next.put(column.column(), of(column, state.takenAt()));
        }
        return next;
    }

    /**
     * The values of a column up to now.
     *
     * @param now the time of the inspection that knows the column
     */
    public PositionHistory of(IntegerColumn column, Instant now) {
        var seen = switch (column.values()) {
            case IntegerColumn.Values.Stored _ -> now;
            case IntegerColumn.Values.Sampled sampled -> sampled.analyzed() == null ? now : sampled.analyzed();
        };
        return columns.getOrDefault(column.column(), PositionHistory.EMPTY)
                .with(new PositionHistory.Sample(
                        seen, BigInteger.valueOf(column.values().largest())));
    }
}
