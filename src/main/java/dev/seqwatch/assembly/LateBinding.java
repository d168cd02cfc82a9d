package dev.seqwatch.assembly;

import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.catalog.RelationQuery;
import dev.seqwatch.postgres.catalog.SequenceDefaultQuery;
import dev.seqwatch.postgres.catalog.SequenceQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the sequence of a default that PostgreSQL itself resolves only when it runs. */
public record LateBinding(Map<RelationName, Long> sequences, Map<Long, RelationQuery.RelationRow> relations) {
    public LateBinding(List<SequenceQuery.SequenceRow> sequences, Map<Long, RelationQuery.RelationRow> relations) {
        var byName = new HashMap<RelationName, Long>();
        sequences.forEach(found -> byName.put(found.sequence().name(), found.oid()));
        this(byName, relations);
    }

    /** Draws by the oid of their sequence; 0 holds those that no sequence could be found for. */
    public Map<Long, List<SequenceDefaultQuery.DefaultRow>> bySequence(List<SequenceDefaultQuery.DefaultRow> defaults) {
        var found = new HashMap<Long, List<SequenceDefaultQuery.DefaultRow>>();
        for (var draw : defaults) {
            var sequence = draw.sequence() == 0 ? resolve(draw) : draw.sequence();
            found.computeIfAbsent(sequence, _ -> new ArrayList<>(1)).add(draw);
        }
        return found;
    }

    private long resolve(SequenceDefaultQuery.DefaultRow draw) {
        var table = relations.get(draw.attribute().relation());
        if (table == null
                || draw.expression() == null
                || !(DefaultExpression.parse(draw.expression()) instanceof DefaultExpression.LateBound lateBound)) {
            return 0;
        }
        return DefaultExpression.candidates(lateBound, table.name()).stream()
                .filter(sequences::containsKey)
                .findFirst()
                .map(sequences::get)
                .orElse(0L);
    }
}
