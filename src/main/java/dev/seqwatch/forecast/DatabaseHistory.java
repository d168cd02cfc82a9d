package dev.seqwatch.forecast;

import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Server;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the sequences of one database stood before.
 *
 * @param database as {@link Server#database()} identified it; null where it did not
 */
public record DatabaseHistory(
        Map<RelationName, PositionHistory> tracks, @Nullable String database) {
    public static final DatabaseHistory NONE = new DatabaseHistory(Map.of());

    /** Of a database that its server did not identify. */
    public DatabaseHistory(Map<RelationName, PositionHistory> tracks) {
        this(tracks, null);
    }

    public DatabaseHistory {
        tracks = Map.copyOf(tracks);
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
        for (var watched : state.sequences()) {
            var position = watched.position().next(watched.sequence());
            var track = of(watched.name());
            var longer = position == null ? track : track.with(new PositionHistory.Sample(state.takenAt(), position));
            if (!longer.equals(PositionHistory.EMPTY)) {
                next.put(watched.name(), longer);
            }
        }
        return new DatabaseHistory(next, state.server().database());
    }
}
