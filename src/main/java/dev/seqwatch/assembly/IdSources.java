package dev.seqwatch.assembly;

import dev.seqwatch.model.IdSpelling;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.StoredIds.Gap;
import dev.seqwatch.model.ValueSource;
import dev.seqwatch.postgres.catalog.IdColumnQuery;
import dev.seqwatch.postgres.catalog.UniqueColumns;
import dev.seqwatch.postgres.ids.IdSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the ids of one sequence column are read: one source a table of its tree, and a gap for each that can't be.
 *
 * @param sources reads to be made
 * @param gaps tables known beforehand to stay unread
 */
public record IdSources(List<IdSource> sources, List<Gap> gaps) {
    public IdSources {
        sources = List.copyOf(sources);
        gaps = List.copyOf(gaps);
    }

    /** By facts alone; {@code expression} is that of the default, {@code members} are the tables of the tree, its root first. */
    static IdSources of(
            SequenceColumn sequenceColumn,
            @Nullable String expression,
            List<IdColumnQuery.IdColumnRow> members,
            UniqueColumns uniqueColumns,
            Server server) {
        var derived = sequenceColumn.valueSource() == ValueSource.Derived;
        var spelling = derived
                ? Optional.ofNullable(expression)
                        .flatMap(text -> SpelledDefault.ofDefault(text, sequenceColumn.type()))
                        .orElse(null)
                : SpelledDefault.ofType(sequenceColumn.type()).orElse(null);
        if (spelling == null && derived) {
            return gap(sequenceColumn, NotCheckedReason.DerivedValue);
        }
        if (spelling == null && !sequenceColumn.type().isNumeric()) {
            return gap(sequenceColumn, NotCheckedReason.NotNumeric);
        }
        if (server.role() == Server.Role.Standby) {
            return gap(sequenceColumn, NotCheckedReason.Standby);
        }
        var sources = new ArrayList<IdSource>();
        var gaps = new ArrayList<Gap>();
        for (var member : members) {
            if (!member.kind().equals("p")) {
                obstacle(member)
                        .ifPresentOrElse(
                                reason -> gaps.add(new Gap(member.table(), reason)),
                                () -> sources.add(
                                        source(sequenceColumn, member, uniqueColumns, spelling, true, member.locks())));
            }
        }
        return byRoot(sequenceColumn, members, uniqueColumns, spelling, gaps).orElse(new IdSources(sources, gaps));
    }

    private static Optional<NotCheckedReason> obstacle(IdColumnQuery.IdColumnRow member) {
        if (member.kind().equals("f")) {
            return Optional.of(NotCheckedReason.ForeignTable);
        }
        if (!member.readable()) {
            return Optional.of(NotCheckedReason.NoPrivilege);
        }
        if (member.rowSecurity()) {
            return Optional.of(NotCheckedReason.RowLevelSecurity);
        }
        return member.locks() > IdSource.MAX_LOCKS ? Optional.of(NotCheckedReason.TooManyIndexes) : Optional.empty();
    }

    /**
     * The privilege on a root serves for its children when they are read through it, and so do its row-level policies:
     * manual, section 5.12. Where nothing of a tree is readable, the root is the one gap, because one grant on it is enough.
     */
    private static Optional<IdSources> byRoot(
            SequenceColumn sequenceColumn,
            List<IdColumnQuery.IdColumnRow> members,
            UniqueColumns uniqueColumns,
            @Nullable IdSpelling spelling,
            List<Gap> gaps) {
        var root = members.getFirst();
        var locks = members.stream().mapToInt(IdColumnQuery.IdColumnRow::locks).sum();
        var answers = members.stream()
                .allMatch(member -> member.kind().equals("p")
                        || (member.indexed() && !member.kind().equals("f")));
        var hidden = gaps.stream()
                .filter(gap -> gap.reason() == NotCheckedReason.NoPrivilege
                        || gap.reason() == NotCheckedReason.RowLevelSecurity)
                .count();
        if (members.size() == 1 || hidden == 0 || !answers || locks > IdSource.MAX_LOCKS) {
            return Optional.empty();
        }
        if (root.readable() && !root.rowSecurity()) {
            return Optional.of(new IdSources(
                    List.of(source(sequenceColumn, root, uniqueColumns, spelling, false, locks)), List.of()));
        }
        var nothing = members.stream().noneMatch(IdColumnQuery.IdColumnRow::readable);
        return nothing ? Optional.of(gap(sequenceColumn, NotCheckedReason.NoPrivilege)) : Optional.empty();
    }

    private static IdSource source(
            SequenceColumn sequenceColumn,
            IdColumnQuery.IdColumnRow member,
            UniqueColumns uniqueColumns,
            @Nullable IdSpelling spelling,
            boolean only,
            int locks) {
        return new IdSource(
                member.attribute().relation(),
                member.table().column(sequenceColumn.column().column()),
                sequenceColumn.type(),
                uniqueColumns.of(member.attribute()),
                only,
                member.indexed() || !only,
                only && spelling == null ? member.leading() : List.of(),
                only && !sequenceColumn.table().tree() ? member.trailing() : List.of(),
                spelling,
                locks);
    }

    IdSources withGap(Gap gap) {
        return new IdSources(
                sources, Stream.concat(gaps.stream(), Stream.of(gap)).toList());
    }

    static IdSources gap(SequenceColumn sequenceColumn, NotCheckedReason reason) {
        return new IdSources(List.of(), List.of(new Gap(sequenceColumn.table().name(), reason)));
    }
}
