package dev.seqwatch.catalog;

import dev.seqwatch.catalog.CollisionReader.Answer;
import dev.seqwatch.catalog.ExtremeReader.Extreme;
import dev.seqwatch.catalog.ExtremeReader.Wanted;
import dev.seqwatch.sequence.NotCheckedReason;
import dev.seqwatch.sequence.Position;
import dev.seqwatch.sequence.StoredIds;
import dev.seqwatch.sequence.StoredIds.Collision;
import dev.seqwatch.sequence.StoredIds.Gap;
import dev.seqwatch.sequence.Uniqueness;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the answers of all reads together into what is known of a consumer's ids. */
record StoredIdsOf(
        Map<Wanted, Extreme> extremes,
        Map<CollisionReader.Suspect, Answer> answers,
        Map<IdSource, StatisticsQuery.Sample> samples) {

    StoredIds of(Assembly.Draft draft, IdSources ids, Position position) {
        var next = position.next(draft.found().sequence());
        var collisions = new ArrayList<Collision>();
        var gaps = new ArrayList<Gap>(ids.gaps());
        for (var source : ids.sources()) {
            if (next == null) {
                gaps.add(new Gap(source.column().table(), NotCheckedReason.PositionUnknown));
                continue;
            }
            if (source.type().spelled()) {
                spelled(draft, source, collisions, gaps);
                continue;
            }
            switch (extremes.get(IdReader.wanted(draft, source))) {
                case null -> {}
                case Extreme.Empty _ -> {}
                case Extreme.Value _, Extreme.NotANumber _ -> confirmed(draft, source, collisions, gaps);
                case Extreme.NotChecked(var reason) -> {
                    gaps.add(new Gap(source.column().table(), reason));
                    sampled(draft, source, next).ifPresent(collisions::add);
                }
            }
        }
        return new StoredIds(nearest(collisions, draft.found().sequence().ascending()), gaps);
    }

    /**
     * Of an inheritance tree whose root holds nothing, the children's indexes protect each by itself, as those of
     * partitions. The statistics that were asked before lag behind what was read now.
     */
    Uniqueness uniqueness(Assembly.Draft draft, Assembly.Draft.Column column) {
        var consumer = column.consumer();
        var sources = column.ids().sources();
        var root = sources.stream()
                .filter(source -> source.only() && source.column().equals(consumer.column()))
                .findFirst()
                .filter(source -> sources.size() > 1 && source.uniqueness() == Uniqueness.None)
                .map(source -> extremes.get(IdReader.wanted(draft, source)));
        return switch (root.orElse(null)) {
            case Extreme.Value _, Extreme.NotANumber _ -> Uniqueness.None;
            case Extreme.Empty _ ->
                column.ids().gaps().isEmpty()
                                && sources.stream()
                                        .allMatch(source -> source.uniqueness() != Uniqueness.None
                                                || source.column().equals(consumer.column()))
                        ? Uniqueness.Composite
                        : consumer.uniqueness();
            case Extreme.NotChecked _ -> consumer.uniqueness();
            case null -> consumer.uniqueness();
        };
    }

    private void confirmed(Assembly.Draft draft, IdSource source, List<Collision> collisions, List<Gap> gaps) {
        switch (answers.get(IdReader.suspect(draft, source))) {
            case null -> {}
            case Answer.Clear _ -> {}
            case Answer.Ahead(var collision) -> collisions.add(collision);
            case Answer.NotChecked(var reason) ->
                gaps.add(new Gap(source.column().table(), reason));
        }
    }

    /** Of ids that are text only the nearest are looked for. */
    private void spelled(Assembly.Draft draft, IdSource source, List<Collision> collisions, List<Gap> gaps) {
        var before = collisions.size() + gaps.size();
        confirmed(draft, source, collisions, gaps);
        if (collisions.size() + gaps.size() == before) {
            gaps.add(new Gap(source.column().table(), NotCheckedReason.NotNumeric));
        }
    }

    private Optional<Collision> sampled(Assembly.Draft draft, IdSource source, BigInteger next) {
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
        var first = direction > 0 ? ahead.getFirst() : ahead.getLast();
        var last = direction > 0 ? ahead.getLast() : ahead.getFirst();
        return Optional.of(new Collision(
                source.column().table(),
                source.uniqueness(),
                first,
                last,
                new StoredIds.Source.Statistics(sample.analyzed())));
    }

    /** The first id of the nearest, the last of the farthest; what is stored counts before what was sampled. */
    private static @Nullable Collision nearest(List<Collision> all, boolean ascending) {
        var stored = all.stream()
                .filter(collision -> collision.source() instanceof StoredIds.Source.Stored)
                .toList();
        var relevant = stored.isEmpty() ? all : stored;
        return relevant.stream()
                .reduce((a, b) -> {
                    var nearer = (a.first().compareTo(b.first()) <= 0) == ascending ? a : b;
                    var last = ascending ? a.last().max(b.last()) : a.last().min(b.last());
                    return new Collision(nearer.table(), nearer.uniqueness(), nearer.first(), last, nearer.source());
                })
                .orElse(null);
    }
}
