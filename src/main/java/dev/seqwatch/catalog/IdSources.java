package dev.seqwatch.catalog;

import dev.seqwatch.sequence.Consumer;
import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.NotCheckedReason;
import dev.seqwatch.sequence.Server;
import dev.seqwatch.sequence.StoredIds.Gap;
import dev.seqwatch.sequence.Uniqueness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the ids of one consumer are read: one source a table of its tree, and a gap for each that can't be.
 *
 * @param sources reads to be made
 * @param gaps tables known beforehand to stay unread
 */
record IdSources(List<IdSource> sources, List<Gap> gaps) {
    /** A statement holds at most so many relation locks. */
    static final int MAX_LOCKS = 300;

    /** Decides by facts alone; {@code members} are the tables of the consumer's tree, its root first. */
    static IdSources of(
            Consumer consumer,
            List<IdColumnQuery.Found> members,
            Map<Attribute, Uniqueness> uniqueness,
            Server server) {
        if (consumer.draw() == Draw.Derived) {
            return gap(consumer, NotCheckedReason.DerivedValue);
        }
        if (!consumer.type().numeric() && !consumer.type().spelled()) {
            return gap(consumer, NotCheckedReason.NotNumeric);
        }
        if (server.role() == Server.Role.Standby) {
            return gap(consumer, NotCheckedReason.Standby);
        }
        var sources = new ArrayList<IdSource>();
        var gaps = new ArrayList<Gap>();
        for (var member : members) {
            if (!member.kind().equals("p")) {
                obstacle(member)
                        .ifPresentOrElse(
                                reason -> gaps.add(new Gap(member.table(), reason)),
                                () -> sources.add(source(consumer, member, uniqueness, true, member.locks())));
            }
        }
        return byRoot(consumer, members, uniqueness, gaps).orElse(new IdSources(sources, gaps));
    }

    IdSources with(List<Gap> more) {
        return new IdSources(
                sources, Stream.concat(gaps.stream(), more.stream()).toList());
    }

    private static Optional<NotCheckedReason> obstacle(IdColumnQuery.Found member) {
        if (member.kind().equals("f")) {
            return Optional.of(NotCheckedReason.ForeignTable);
        }
        if (!member.readable()) {
            return Optional.of(NotCheckedReason.NoPrivilege);
        }
        if (member.rowSecurity()) {
            return Optional.of(NotCheckedReason.RowLevelSecurity);
        }
        return member.locks() > MAX_LOCKS ? Optional.of(NotCheckedReason.TooManyIndexes) : Optional.empty();
    }

    /**
     * The privilege on a root serves for its children when they are read through it, and so do its row-level policies:
     * manual, section 5.12. Where nothing of a tree is readable, the root is the one gap, because one grant on it is enough.
     */
    private static Optional<IdSources> byRoot(
            Consumer consumer,
            List<IdColumnQuery.Found> members,
            Map<Attribute, Uniqueness> uniqueness,
            List<Gap> gaps) {
        var root = members.getFirst();
        var locks = members.stream().mapToInt(IdColumnQuery.Found::locks).sum();
        var answers = members.stream()
                .allMatch(member -> member.kind().equals("p")
                        || (member.indexed() && !member.kind().equals("f")));
        var hidden = gaps.stream()
                .filter(gap -> gap.reason() == NotCheckedReason.NoPrivilege
                        || gap.reason() == NotCheckedReason.RowLevelSecurity)
                .count();
        if (members.size() == 1 || hidden == 0 || !answers || locks > MAX_LOCKS) {
            return Optional.empty();
        }
        if (root.readable() && !root.rowSecurity()) {
            return Optional.of(new IdSources(List.of(source(consumer, root, uniqueness, false, locks)), List.of()));
        }
        var nothing = members.stream().noneMatch(IdColumnQuery.Found::readable);
        return nothing ? Optional.of(gap(consumer, NotCheckedReason.NoPrivilege)) : Optional.empty();
    }

    private static IdSource source(
            Consumer consumer,
            IdColumnQuery.Found member,
            Map<Attribute, Uniqueness> uniqueness,
            boolean only,
            int locks) {
        return new IdSource(
                member.attribute().relation(),
                member.table().column(consumer.column().column()),
                consumer.type(),
                uniqueness.getOrDefault(member.attribute(), Uniqueness.None),
                only,
                member.indexed() || !only,
                locks);
    }

    static IdSources gap(Consumer consumer, NotCheckedReason reason) {
        return new IdSources(List.of(), List.of(new Gap(consumer.table().name(), reason)));
    }
}
