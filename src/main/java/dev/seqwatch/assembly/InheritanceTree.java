package dev.seqwatch.assembly;

import dev.seqwatch.postgres.catalog.InheritanceQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Partition trees and inheritance trees. */
public final class InheritanceTree {
    private final Map<Long, List<Long>> children = new HashMap<>();
    private final Map<Long, List<Long>> parents = new HashMap<>();

    public InheritanceTree(List<InheritanceQuery.Edge> edges) {
        for (var edge : edges) {
            children.computeIfAbsent(edge.parent(), _ -> new ArrayList<>()).add(edge.child());
            parents.computeIfAbsent(edge.child(), _ -> new ArrayList<>()).add(edge.parent());
        }
    }

    /** The table itself and all below it, each once. */
    public Set<Long> members(long table) {
        return reach(table, children);
    }

    /** The table itself and all above it, nearest first. */
    public Set<Long> ancestors(long table) {
        return reach(table, parents);
    }

    public boolean hasParent(long table) {
        return parents.containsKey(table);
    }

    private static Set<Long> reach(long from, Map<Long, List<Long>> edges) {
        var reached = new LinkedHashSet<Long>(Set.of(from));
        var open = new ArrayList<Long>(reached);
        while (!open.isEmpty()) {
            for (var next : edges.getOrDefault(open.removeFirst(), List.of())) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }
}
