package dev.seqwatch.check;

import dev.seqwatch.sequence.RelationName;
import dev.seqwatch.sequence.Snapshot;
import java.util.HashMap;
import java.util.Map;

/** Where the sequences of one database stood before. */
public record History(Map<RelationName, Track> tracks) {
    public static final History NONE = new History(Map.of());

    public History {
        tracks = Map.copyOf(tracks);
    }

    public Track of(RelationName sequence) {
        return tracks.getOrDefault(sequence, Track.EMPTY);
    }

    /** With what the snapshot saw; a sequence that is gone is forgotten, one that was not readable is kept. */
    public History with(Snapshot snapshot) {
        var next = new HashMap<RelationName, Track>();
        for (var watched : snapshot.sequences()) {
            var position = watched.position().next(watched.sequence());
            var track = of(watched.name());
            var longer = position == null ? track : track.with(new Track.Sample(snapshot.takenAt(), position));
            if (!longer.equals(Track.EMPTY)) {
                next.put(watched.name(), longer);
            }
        }
        return new History(next);
    }
}
