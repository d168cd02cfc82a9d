package dev.seqwatch.compare;

import dev.seqwatch.model.ClientSession;
import dev.seqwatch.model.CutoverState;
import dev.seqwatch.model.CutoverState.MissingPrivilege;
import dev.seqwatch.model.CutoverState.TargetLook;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Given;
import dev.seqwatch.model.Position;
import dev.seqwatch.model.Publication;
import dev.seqwatch.model.ReadOnlyDefault;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.ReplicationSlot;
import dev.seqwatch.model.SequenceColumn;
import dev.seqwatch.model.SourceLook;
import dev.seqwatch.model.SubscriptionState;
import dev.seqwatch.model.SubscriptionState.SubscribedRelation;
import dev.seqwatch.model.UserTable;
import dev.seqwatch.model.WatchedSequence;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A cutover that is ready, but for what a test changes. */
public final class Cutovers {
    static final Instant FIRST = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant SECOND = FIRST.plusSeconds(5);
    static final ReadOnlyDefault WRITABLE = readOnly(ReadOnlyDefault.Level.Off);
    static final BigInteger WAL = BigInteger.valueOf(5_000);

    private Cutovers() {}

    static ReadOnlyDefault readOnly(ReadOnlyDefault.Level level) {
        return new ReadOnlyDefault(level, Instant.EPOCH, Set.of(), Set.of());
    }

    static SourceLook look(Instant at, ReadOnlyDefault readOnly, ClientSession... sessions) {
        return look(at, readOnly, Map.of(), sessions);
    }

    static SourceLook look(
            Instant at, ReadOnlyDefault readOnly, Map<RelationName, Position> positions, ClientSession... sessions) {
        return new SourceLook(
                at,
                Instant.EPOCH,
                WAL,
                List.of(sessions),
                readOnly,
                0,
                BigInteger.ZERO,
                positions,
                List.of(new ReplicationSlot("feed", true, WAL, false)));
    }

    /** A publisher without clients and a subscriber that has everything. */
    public static CutoverState state(DatabaseState source, DatabaseState target) {
        var tables = tables(source);
        return new CutoverState(
                source,
                target,
                look(FIRST, WRITABLE),
                look(SECOND, WRITABLE),
                new TargetLook(
                        Instant.EPOCH.plusSeconds(1),
                        List.of(subscription(tables.stream()
                                .map(table -> new SubscribedRelation(table.name(), false, true))
                                .toList())),
                        WRITABLE,
                        Map.of()),
                Map.of(),
                List.of(new Publication(
                        "feed",
                        false,
                        true,
                        tables.stream().map(UserTable::name).toList())),
                tables,
                tables,
                List.of());
    }

    static SubscriptionState subscription(List<SubscribedRelation> relations) {
        return new SubscriptionState("feed", true, "feed", List.of("feed"), true, WAL, relations);
    }

    static CutoverState with(CutoverState state, SourceLook first, SourceLook second) {
        return new CutoverState(
                state.source(),
                state.target(),
                first,
                second,
                state.targetLook(),
                state.searchPaths(),
                state.publications(),
                state.sourceTables(),
                state.targetTables(),
                state.missing());
    }

    static CutoverState with(CutoverState state, SubscriptionState... subscriptions) {
        return new CutoverState(
                state.source(),
                state.target(),
                state.first(),
                state.second(),
                new TargetLook(state.targetLook().serverStarted(), List.of(subscriptions), WRITABLE, Map.of()),
                Map.of(),
                state.publications(),
                state.sourceTables(),
                state.targetTables(),
                state.missing());
    }

    static CutoverState withSlot(CutoverState state, ReplicationSlot... slots) {
        var second = state.second();
        return with(
                state,
                state.first(),
                new SourceLook(
                        second.at(),
                        second.serverStarted(),
                        second.walPosition(),
                        second.sessions(),
                        second.readOnly(),
                        second.preparedTransactions(),
                        second.changedRows(),
                        second.positions(),
                        List.of(slots)));
    }

    static CutoverState with(CutoverState state, List<UserTable> sourceTables, List<UserTable> targetTables) {
        return new CutoverState(
                state.source(),
                state.target(),
                state.first(),
                state.second(),
                state.targetLook(),
                state.searchPaths(),
                state.publications(),
                sourceTables,
                targetTables,
                state.missing());
    }

    static CutoverState withPublications(CutoverState state, Publication... publications) {
        return new CutoverState(
                state.source(),
                state.target(),
                state.first(),
                state.second(),
                state.targetLook(),
                state.searchPaths(),
                List.of(publications),
                state.sourceTables(),
                state.targetTables(),
                state.missing());
    }

    static CutoverState withMissing(CutoverState state, MissingPrivilege... missing) {
        return new CutoverState(
                state.source(),
                state.target(),
                state.first(),
                state.second(),
                state.targetLook(),
                state.searchPaths(),
                state.publications(),
                state.sourceTables(),
                state.targetTables(),
                List.of(missing));
    }

    static List<Difference> differences(DatabaseState source, DatabaseState target) {
        return Comparison.of(state(source, target), CutoverOptions.DEFAULT, null)
                .differences();
    }

    static UserTable table(String name) {
        return new UserTable(new RelationName("public", name), "owner", UserTable.Kind.Table, null, null, true);
    }

    private static List<UserTable> tables(DatabaseState state) {
        return Stream.concat(
                        Stream.of(Given.TABLE),
                        state.sequences().stream()
                                .map(WatchedSequence::sequenceColumns)
                                .flatMap(List::stream)
                                .map((SequenceColumn column) -> column.column().table()))
                .distinct()
                .map(name -> new UserTable(name, "owner", UserTable.Kind.Table, null, null, true))
                .toList();
    }
}
