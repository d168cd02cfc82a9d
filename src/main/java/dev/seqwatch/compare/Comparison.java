package dev.seqwatch.compare;

import dev.seqwatch.compare.Difference.Effect;
import dev.seqwatch.compare.Difference.Kind;
import dev.seqwatch.model.CutoverState;
import dev.seqwatch.model.DatabaseState;
import dev.seqwatch.model.Fact;
import dev.seqwatch.model.Server;
import dev.seqwatch.model.SourceLook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two databases compared before applications move from the source to the target. It goes by the positions of the source and
 * not by stored ids, because the largest id may have been deleted.
 *
 * @param settled the earliest look at the source since which nobody changed who begins read-only
 * @param differences the worst first
 */
public record Comparison(CutoverState state, SourceLook settled, SourceWrites writes, List<Difference> differences) {
    /** Facts without which something missing at either side could be overlooked. */
    private static final Set<Fact> NEEDED = Set.of(Fact.CallingCode, Fact.LateBoundDefaults, Fact.ColumnLimits);

    public Comparison {
        differences = List.copyOf(differences);
    }

    /**
     * Compares.
     *
     * @param before the comparison of the round before, which may know since when sessions begin read-only; null in the first
     */
    public static Comparison of(CutoverState state, CutoverOptions options, @Nullable Comparison before) {
        var settled = SourceWrites.settled(before == null ? null : before.settled(), state.first());
        var writes = SourceWrites.of(state.first(), state.second(), settled);
        var found = new ArrayList<Difference>();
        servers(state, found);
        visible("source", state.source(), found);
        visible("target", state.target(), found);
        found.addAll(ReplicationComparison.of(state, options));
        found.addAll(ObjectComparison.of(state));
        found.addAll(SequenceComparison.of(state, new Margin(state, writes, options.untilStop()), options.bothWrite()));
        if (!writes.stopped() && !options.bothWrite()) {
            found.add(new Difference(Kind.SourceWritable, Effect.NotYet, "source", String.join(" ", writes.reasons())));
        }
        found.sort(Comparator.comparing(Difference::effect).thenComparing(Difference::kind));
        return new Comparison(state, settled, writes, found);
    }

    public CutoverVerdict verdict() {
        return CutoverVerdict.of(differences);
    }

    private static void servers(CutoverState state, List<Difference> found) {
        var source = state.source().server();
        var target = state.target().server();
        if (source.database() != null
                && source.database().equals(target.database())
                && state.second().serverStarted().equals(state.targetLook().serverStarted())) {
            found.add(new Difference(
                    Kind.SameDatabase,
                    Effect.Unknown,
                    state.source().database(),
                    "Source and target are the same database: name two."));
        }
        if (source.role() == Server.Role.Standby) {
            found.add(
                    new Difference(
                            Kind.StandbyServer,
                            Effect.Unknown,
                            state.source().database(),
                            "The source is a standby: it shows neither who writes nor where sequences stand. Name its primary."));
        }
        if (target.role() == Server.Role.Standby) {
            found.add(new Difference(
                    Kind.StandbyServer,
                    Effect.No,
                    state.target().database(),
                    "The target is a standby and takes no writes."));
        }
    }

    private static void visible(String side, DatabaseState state, List<Difference> found) {
        if (!state.blindSchemas().isEmpty()) {
            found.add(new Difference(
                    Kind.NotVisible,
                    Effect.Unknown,
                    side,
                    "The role of this comparison has no USAGE on schemas of the " + side
                            + ", so that part of them was not compared: "
                            + Names.some(state.blindSchemas().stream().sorted().toList()) + "."));
        }
        state.unknownAmong(NEEDED)
                .forEach(unknown -> found.add(new Difference(
                        Kind.NotVisible,
                        Effect.Unknown,
                        side,
                        "Not known of the " + side + ": " + unknown.fact().description() + " (" + unknown.explanation()
                                + ").")));
    }
}
