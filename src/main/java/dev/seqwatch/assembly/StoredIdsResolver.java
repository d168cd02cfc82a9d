package dev.seqwatch.assembly;

import dev.seqwatch.model.DenseRun;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.Sequence;
import dev.seqwatch.model.StoredIds;
import dev.seqwatch.model.StoredIds.Collision;
import dev.seqwatch.model.StoredIds.Gap;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.postgres.ids.CollisionConfirmation;
import dev.seqwatch.postgres.ids.CollisionConfirmation.Answer;
import dev.seqwatch.postgres.ids.IdSource;
import dev.seqwatch.postgres.ids.MaxIdReader.FarthestId;
import dev.seqwatch.postgres.ids.MaxIdReader.Wanted;
import dev.seqwatch.postgres.ids.StatisticsQuery;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the answers of all reads together into what is known of a sequence column's ids. */
public record StoredIdsResolver(
        Map<Wanted, FarthestId> extremes,
        Map<CollisionConfirmation.Suspect, Answer> answers,
        Map<IdSource, StatisticsQuery.IdStatistics> samples) {

    public StoredIds of(SequenceAssembler.UnreadSequence draft, IdSources ids, Position position) {
        var next = position.next(draft.found().sequence());
        var collisions = new ArrayList<Collision>();
        var gaps = new ArrayList<Gap>(ids.gaps());
        for (var source : ids.sources()) {
            if (next == null) {
                gaps.add(new Gap(source.column().table(), NotCheckedReason.PositionUnknown));
                continue;
            }
            if (source.spelling() != null) {
                spelled(draft, source, collisions, gaps);
                continue;
            }
            switch (extremes.get(draft.wanted(source))) {
                case null -> {}
                case FarthestId.Empty _ -> {}
                case FarthestId.Value _, FarthestId.NotANumber _ -> confirmed(draft, source, collisions, gaps);
                case FarthestId.NotChecked notChecked
                when byLeadingValues(source, notChecked) -> {
                    var before = gaps.size();
                    confirmed(draft, source, collisions, gaps);
                    if (gaps.size() > before) {
                        sampled(draft, source, next).ifPresent(collisions::add);
                    }
                }
                case FarthestId.NotChecked(var reason) -> {
                    gaps.add(new Gap(source.column().table(), reason));
                    sampled(draft, source, next).ifPresent(collisions::add);
                }
            }
        }
        var farthest = farthest(draft, ids);
        var first = first(draft, ids);
        return collisions.isEmpty() && gaps.isEmpty() && farthest == null && first == null
                ? StoredIds.NONE
                : new StoredIds(
                        nearest(
                                collisions,
                                draft.found().sequence(),
                                draft.limit().value()),
                        farthest,
                        first,
                        gaps);
    }

    private @Nullable BigInteger farthest(SequenceAssembler.UnreadSequence draft, IdSources ids) {
        return ids.sources().stream()
                .map(source -> extremes.get(draft.wanted(source)))
                .flatMap(extreme -> extreme instanceof FarthestId.Value(var id) ? Stream.of(id) : Stream.empty())
                .reduce(draft.found().sequence().ascending() ? BigDecimal::max : BigDecimal::min)
                .map(BigDecimal::toBigInteger)
                .orElse(null);
    }

    private @Nullable BigInteger first(SequenceAssembler.UnreadSequence draft, IdSources ids) {
        return ids.sources().stream()
                .flatMap(source -> draft.wantedFirst(source).stream())
                .map(extremes::get)
                .flatMap(extreme -> extreme instanceof FarthestId.Value(var id) ? Stream.of(id) : Stream.empty())
                .reduce(draft.found().sequence().ascending() ? BigDecimal::min : BigDecimal::max)
                .map(BigDecimal::toBigInteger)
                .orElse(null);
    }

    /**
     * Of an inheritance tree whose root holds nothing, the children's indexes protect each by itself, as those of
     * partitions. The statistics that were asked before lag behind what was read now.
     */
    public Uniqueness uniqueness(
            SequenceAssembler.UnreadSequence draft, SequenceAssembler.UnreadSequence.Column column) {
        var sequenceColumn = column.sequenceColumn();
        var sources = column.ids().sources();
        var root = sources.stream()
                .filter(source -> source.only() && source.column().equals(sequenceColumn.column()))
                .findFirst()
                .filter(source -> sources.size() > 1 && source.uniqueness() == Uniqueness.None)
                .map(source -> extremes.get(draft.wanted(source)));
        return switch (root.orElse(null)) {
            case FarthestId.Value _, FarthestId.NotANumber _ -> Uniqueness.None;
            case FarthestId.Empty _ ->
                column.ids().gaps().stream().allMatch(gap -> gap.reason() == NotCheckedReason.UnknownConstraint)
                                && sources.stream()
                                        .allMatch(source -> source.uniqueness() != Uniqueness.None
                                                || source.column().equals(sequenceColumn.column()))
                        ? Uniqueness.Composite
                        : sequenceColumn.uniqueness();
            case FarthestId.NotChecked _ -> sequenceColumn.uniqueness();
            case null -> sequenceColumn.uniqueness();
        };
    }

    /** Whether no single probe answers, but one for each value of the columns before it does. */
    public static boolean byLeadingValues(IdSource source, FarthestId farthest) {
        return farthest.equals(new FarthestId.NotChecked(NotCheckedReason.NoUsableIndex))
                && !source.leading().isEmpty();
    }

    private void confirmed(
            SequenceAssembler.UnreadSequence draft, IdSource source, List<Collision> collisions, List<Gap> gaps) {
        switch (answers.get(draft.suspect(source))) {
            case null -> {}
            case Answer.Clear _ -> {}
            case Answer.Ahead(var collision) -> collisions.add(collision);
            case Answer.NotChecked(var reason) ->
                gaps.add(new Gap(source.column().table(), reason));
        }
    }

    /** Of ids that are no plain numbers only the nearest are looked for. */
    private void spelled(
            SequenceAssembler.UnreadSequence draft, IdSource source, List<Collision> collisions, List<Gap> gaps) {
        var before = collisions.size() + gaps.size();
        confirmed(draft, source, collisions, gaps);
        if (collisions.size() + gaps.size() == before) {
            gaps.add(new Gap(source.column().table(), NotCheckedReason.NextValuesOnly));
        }
    }

    private Optional<Collision> sampled(SequenceAssembler.UnreadSequence draft, IdSource source, BigInteger next) {
        var sample = samples.get(source);
        if (sample == null) {
            return Optional.empty();
        }
        var sequence = draft.found().sequence();
        var direction = sequence.increment().signum();
        var limit = new BigDecimal(draft.limit().value());
        var step = new BigDecimal(sequence.increment());
        var ahead = sample.ids().stream()
                .filter(id -> id.subtract(new BigDecimal(next)).signum() * direction >= 0
                        && id.subtract(limit).signum() * direction <= 0
                        && id.subtract(new BigDecimal(next)).remainder(step).signum() == 0)
                .map(BigDecimal::toBigInteger)
                .sorted()
                .toList();
        if (ahead.isEmpty()) {
            return Optional.empty();
        }
        var nearest = sequence.nearest(ahead);
        var farthest = sequence.farthest(ahead);
        var run = new DenseRun(
                nearest, DenseRun.commonEnd(ahead, sequence, draft.limit().value()), DenseRun.MOST_ROWS);
        return Optional.of(new Collision(
                source.column().table(),
                source.uniqueness(),
                run,
                farthest,
                null,
                null,
                new StoredIds.Source.Statistics(sample.analyzed())));
    }

    /** The run that begins with the nearest id, the last of the farthest; what is stored counts before what was sampled. */
    private static @Nullable Collision nearest(List<Collision> all, Sequence sequence, BigInteger limit) {
        var stored = all.stream()
                .filter(collision -> collision.source() instanceof StoredIds.Source.Stored)
                .toList();
        var relevant = stored.isEmpty() ? all : stored;
        if (relevant.isEmpty()) {
            return null;
        }
        var first = sequence.nearest(relevant.stream().map(Collision::first).toList());
        var nearest = relevant.stream()
                .filter(collision -> collision.first().equals(first))
                .findFirst()
                .orElseThrow();
        return new Collision(
                nearest.table(),
                nearest.uniqueness(),
                DenseRun.joined(relevant.stream().map(Collision::run).toList(), sequence, limit),
                sequence.farthest(relevant.stream().map(Collision::last).toList()),
                nearest.leading(),
                nearest.spelling(),
                nearest.source());
    }
}
