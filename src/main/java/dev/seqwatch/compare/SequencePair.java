package dev.seqwatch.compare;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.WatchedSequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sequence of the source and those of the target that continue it: the one of the same name, and each that feeds a column
 * which the source's sequence feeds. Applications may call the one by its name while an insert calls another.
 *
 * @param targets empty where the target has none
 */
public record SequencePair(WatchedSequence source, List<WatchedSequence> targets) {
    public SequencePair {
        targets = List.copyOf(targets);
    }

    /** One pair for each sequence of the source, in its order. */
    public static List<SequencePair> of(DatabaseState source, DatabaseState target) {
        Map<RelationName, WatchedSequence> byName = target.sequences().stream()
                .collect(Collectors.toMap(WatchedSequence::name, Function.identity(), (one, _) -> one));
        var byColumn = new HashMap<ColumnName, Collection<WatchedSequence>>();
        for (var watched : target.sequences()) {
            columns(watched)
                    .forEach(column -> byColumn.computeIfAbsent(column, _ -> new ArrayList<>())
                            .add(watched));
        }
        return source.sequences().stream()
                .map(watched -> new SequencePair(
                        watched,
                        List.copyOf(Stream.concat(
                                        Stream.ofNullable(byName.get(watched.name())),
                                        columns(watched)
                                                .flatMap(column -> byColumn.getOrDefault(column, List.of()).stream()))
                                .collect(Collectors.toCollection(LinkedHashSet::new)))))
                .toList();
    }

    private static Stream<ColumnName> columns(WatchedSequence watched) {
        return watched.sequenceColumns().stream().map(SequenceColumn::column);
    }
}
