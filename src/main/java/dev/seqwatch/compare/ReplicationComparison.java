package dev.seqwatch.compare;

import static dev.seqwatch.model.Numbers.grouped;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.seqwatch.compare.Difference.Effect;
import dev.seqwatch.compare.Difference.Kind;
import dev.seqwatch.model.CutoverState;
import dev.seqwatch.model.Publication;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.ReplicationSlot;
import dev.seqwatch.model.Sql;
import dev.seqwatch.model.SubscriptionState;
import dev.seqwatch.model.SubscriptionState.SubscribedRelation;
import dev.seqwatch.model.UserTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the subscriptions of the target bring every row of the source, and have done so. A subscription belongs to the
 * source where the source has its slot.
 */
final class ReplicationComparison {
    private static final int PUBLISHES_SEQUENCES = 19_00_00;

    private final CutoverState state;
    private final Map<String, ReplicationSlot> slots;
    private final Map<String, Publication> publications;
    private final List<Difference> differences = new ArrayList<>();

    private ReplicationComparison(CutoverState state) {
        this.state = state;
        this.slots = state.second().slots().stream().collect(toMap(ReplicationSlot::name, Function.identity()));
        this.publications = state.publications().stream().collect(toMap(Publication::name, Function.identity()));
    }

    static List<Difference> of(CutoverState state, CutoverOptions options) {
        var comparison = new ReplicationComparison(state);
        if (options.replicated()) {
            comparison.compare();
        }
        return comparison.differences;
    }

    private void compare() {
        var own = state.targetLook().subscriptions().stream()
                .filter(subscription -> slots.containsKey(String.valueOf(subscription.slot())))
                .toList();
        state.targetLook().subscriptions().stream()
                .filter(subscription -> !own.contains(subscription))
                .forEach(this::ofAnotherSource);
        if (own.isEmpty()) {
            add(
                    Kind.SubscriptionMissing,
                    Effect.Unknown,
                    state.target().database(),
                    "No subscription of the target uses a slot of the source, so that nothing shows whether all rows have arrived. If they came by other means, say so with --no-subscription.");
            return;
        }
        own.forEach(this::subscription);
        coverage(own);
        sequences(own);
    }

    private void ofAnotherSource(SubscriptionState subscription) {
        if (!subscription.running()) {
            add(
                    Kind.SlotLost,
                    Effect.No,
                    subscription.name(),
                    "The subscription does not run, and the source has no slot "
                            + (subscription.slot() == null ? "for it" : subscription.slot())
                            + ": changes of the source since then are lost. Drop the subscription if it is not needed.");
        }
    }

    private void subscription(SubscriptionState subscription) {
        var slot = slots.get(String.valueOf(subscription.slot()));
        if (slot == null) {
            return;
        }
        subscription.publications().stream()
                .filter(name -> !publications.containsKey(name))
                .forEach(name -> add(
                        Kind.PublicationMissing,
                        Effect.No,
                        subscription.name(),
                        "The source has no publication " + name + ", which the subscription names."));
        subscription.publications().stream()
                .flatMap(name -> Stream.ofNullable(publications.get(name)))
                .filter(publication -> !publication.everyOperation())
                .forEach(
                        publication -> add(
                                Kind.PublicationPartial,
                                Effect.No,
                                subscription.name(),
                                "The publication " + publication.name()
                                        + " leaves out inserts, updates, deletes or truncations, so that the rows of the target differ."));
        if (slot.lost()) {
            add(
                    Kind.SlotLost,
                    Effect.No,
                    subscription.name(),
                    "The source has removed WAL that slot " + slot.name()
                            + " still needs: the subscription must be made anew.");
        } else if (!subscription.enabled()) {
            add(
                    Kind.SubscriptionDisabled,
                    Effect.No,
                    subscription.name(),
                    "The subscription is disabled, so that changes of the source do not arrive.",
                    "ALTER SUBSCRIPTION " + Sql.identifier(subscription.name()) + " ENABLE;");
        } else if (!subscription.running()) {
            add(
                    Kind.SubscriptionStopped,
                    Effect.NotYet,
                    subscription.name(),
                    "The worker of the subscription does not run: the log of the target has the reason.");
        } else {
            lag(subscription, slot);
        }
        notReady(subscription);
    }

    /** Everything that the source had written at the first look must be stored at the target at the second. */
    private void lag(SubscriptionState subscription, ReplicationSlot slot) {
        var needed = state.first().walPosition();
        var reached = Stream.of(slot.confirmed(), subscription.reported())
                .flatMap(Stream::ofNullable)
                .reduce(BigInteger.ZERO, BigInteger::max);
        if (needed != null && reached.compareTo(needed) < 0) {
            add(
                    Kind.ReplicationLag,
                    Effect.NotYet,
                    subscription.name(),
                    "The target is " + grouped(needed.subtract(reached)) + " bytes of WAL behind the source.");
        }
    }

    private void notReady(SubscriptionState subscription) {
        var tables = waiting(subscription, false);
        if (!tables.isEmpty()) {
            add(
                    Kind.TableNotReady,
                    Effect.NotYet,
                    subscription.name(),
                    "The first copy of " + Names.count(tables.size(), "table") + " has not ended: " + Names.some(tables)
                            + ".");
        }
        var sequences = waiting(subscription, true);
        if (!sequences.isEmpty()) {
            add(
                    Kind.SequenceNotReady,
                    Effect.NotYet,
                    subscription.name(),
                    "The positions of " + Names.count(sequences.size(), "sequence") + " have not been copied: "
                            + Names.some(sequences)
                            + ". A definition that differs keeps the worker from it; the log of the target says so.");
        }
    }

    private static List<RelationName> waiting(SubscriptionState subscription, boolean sequences) {
        return subscription.relations().stream()
                .filter(relation -> relation.sequence() == sequences && !relation.ready())
                .map(SubscribedRelation::name)
                .toList();
    }

    /** A partition comes with its table, and a partitioned table with its partitions, whichever of them is published. */
    private void coverage(List<SubscriptionState> own) {
        var published = own.stream()
                .flatMap(subscription -> subscription.publications().stream())
                .flatMap(name -> Stream.ofNullable(publications.get(name)))
                .flatMap(publication -> publication.tables().stream())
                .collect(toSet());
        var subscribed = own.stream()
                .flatMap(subscription -> subscription.relations().stream())
                .map(SubscribedRelation::name)
                .collect(toSet());
        var forgotten = published.stream()
                .filter(table -> !subscribed.contains(table))
                .sorted()
                .toList();
        if (!forgotten.isEmpty()) {
            add(
                    Kind.TableNotSubscribed,
                    Effect.No,
                    own.getFirst().name(),
                    "The subscriptions do not know " + Names.count(forgotten.size(), "table")
                            + " that the source publishes: " + Names.some(forgotten) + ".",
                    exist(forgotten) ? refresh(own) : null);
        }
        var unlogged = state.sourceTables().stream()
                .filter(table -> !table.logged())
                .map(UserTable::name)
                .toList();
        if (!unlogged.isEmpty()) {
            add(
                    Kind.TableNotPublished,
                    Effect.Note,
                    own.getFirst().name(),
                    "Nothing replicates the rows of " + Names.count(unlogged.size(), "unlogged table") + ": "
                            + Names.some(unlogged) + ".");
        }
        var covered = covered(published);
        var unpublished = state.sourceTables().stream()
                .filter(table ->
                        table.kind() == UserTable.Kind.Table && table.logged() && !covered.contains(table.name()))
                .map(UserTable::name)
                .toList();
        if (!unpublished.isEmpty()) {
            add(
                    Kind.TableNotPublished,
                    Effect.No,
                    own.getFirst().name(),
                    "No publication of the subscriptions has " + Names.count(unpublished.size(), "table")
                            + " of the source, so that their rows do not arrive: " + Names.some(unpublished)
                            + ". Publish them, or leave their schemas out with --exclude-schema.");
        }
    }

    /** PostgreSQL refuses to refresh as long as one of them is missing. */
    private boolean exist(List<RelationName> tables) {
        return state.targetTables().stream()
                .map(UserTable::name)
                .collect(toSet())
                .containsAll(tables);
    }

    private static String refresh(List<SubscriptionState> own) {
        return own.stream()
                .map(subscription ->
                        "ALTER SUBSCRIPTION " + Sql.identifier(subscription.name()) + " REFRESH PUBLICATION;")
                .collect(joining("\n"));
    }

    private Set<RelationName> covered(Set<RelationName> published) {
        var covered = new HashSet<>(published);
        Map<RelationName, UserTable> byName =
                state.sourceTables().stream().collect(toMap(UserTable::name, Function.identity(), (one, _) -> one));
        for (var table : state.sourceTables()) {
            var ancestor = table;
            while (ancestor != null && ancestor.parent() != null && !covered.contains(table.name())) {
                if (published.contains(ancestor.parent())) {
                    covered.add(table.name());
                }
                ancestor = byName.get(ancestor.parent());
            }
        }
        return covered;
    }

    private void sequences(List<SubscriptionState> own) {
        var bothPublish = state.source().server().versionNumber() >= PUBLISHES_SEQUENCES
                && state.target().server().versionNumber() >= PUBLISHES_SEQUENCES;
        if (bothPublish
                && own.stream()
                        .flatMap(subscription -> subscription.publications().stream())
                        .flatMap(name -> Stream.ofNullable(publications.get(name)))
                        .noneMatch(Publication::allSequences)) {
            add(
                    Kind.SequencesNotPublished,
                    Effect.Note,
                    own.getFirst().name(),
                    "No publication of the subscriptions is FOR ALL SEQUENCES, so that REFRESH SEQUENCES moves none of them.");
        }
    }

    private void add(Kind kind, Effect effect, String subject, String message) {
        differences.add(new Difference(kind, effect, subject, message));
    }

    private void add(Kind kind, Effect effect, String subject, String message, @Nullable String remedy) {
        differences.add(new Difference(kind, effect, subject, message, remedy));
    }
}
