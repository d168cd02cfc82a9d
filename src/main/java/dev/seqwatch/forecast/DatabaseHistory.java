package dev.seqwatch.forecast;

import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.RelationName;
import java.util.HashMap;
import java.util.Map;

/** Where the sequences of one database stood before. */
public record DatabaseHistory(Map<RelationName, PositionHistory> tracks) {
    public static final DatabaseHistory NONE = new DatabaseHistory(Map.of());

    public DatabaseHistory {
        tracks = Map.copyOf(tracks);
    }

    public PositionHistory of(RelationName sequence) {
        return tracks.getOrDefault(sequence, PositionHistory.EMPTY);
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
        return new DatabaseHistory(next);
    }
}
