package dev.seqwatch.assembly;

import dev.seqwatch.model.Position;
import dev.seqwatch.model.SequenceColumn;
import java.util.List;

/**
 * A sequence with its position and its stored ids, before the optional facts are added.
 *
 * @param columns in the order of the draft's columns
 */
public record SequenceWithIds(SequenceAssembler.UnreadSequence draft, Position position, List<SequenceColumn> columns) {
    public SequenceWithIds {
        columns = List.copyOf(columns);
    }
}
