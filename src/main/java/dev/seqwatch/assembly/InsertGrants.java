package dev.seqwatch.assembly;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.InsertGrant.Place;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.catalog.ColumnId;
import dev.seqwatch.postgres.catalog.FunctionOwnerQuery.OwnerRow;
import dev.seqwatch.postgres.catalog.GrantQuery.GrantRow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The roles that may insert and may not call the sequence that the INSERT needs: in a default, or in a rule, function or
 * trigger that runs with the rights of the role that inserts, which is every one but SECURITY DEFINER (manual, CREATE
 * FUNCTION). Identity columns need no grant: their sequence is called with the rights of the table (manual, section 5.3).
 *
 * @param missing by the oid of the sequence
 * @param unknown views over a column that uses a sequence, which could not be inspected
 */
public record InsertGrants(Map<Long, List<InsertGrant>> missing, Map<ColumnId, List<RelationName>> unknown) {

    /**
     * What calls a sequence at an INSERT.
     *
     * @param attribute the column that stores the value
     * @param root the same column in the root of its tree
     * @param depth whether the column is the root's own, or that of a partition or of a child by inheritance
     * @param caller null where the column's own default calls
     * @param relation oid of what the INSERT names
     * @param owner oid of the function's owner whose rights the call has; null for those of the role that inserts
     */
    public record Call(
            long sequence,
            ColumnId attribute,
            ColumnName root,
            Depth depth,
            @Nullable String caller,
            long relation,
            @Nullable Long owner) {
        public enum Depth {
            Root,
            Partition,
            Child
        }

        private boolean byRule() {
            return relation != attribute.relation();
        }
    }

    /**
     * One entry for each role and column of a root: a GRANT that was forgotten is one mistake, however many partitions
     * and views the role may insert into.
     *
     * @param calls of one sequence
     * @param grants roles that may not make them
     * @param owners those of functions who may not make them
     */
    public static List<InsertGrant> of(List<Call> calls, List<GrantRow> grants, List<OwnerRow> owners) {
        record Key(String role, ColumnName column) {}
        var found = new LinkedHashMap<Key, Found>();
        for (var call : calls) {
            if (call.owner() == null) {
                grants.stream()
                        .filter(grant -> grant.base() == call.relation())
                        .forEach(
                                grant -> found.computeIfAbsent(new Key(grant.role(), call.root()), _ -> new Found(call))
                                        .add(call, grant));
            }
        }
        var all = new LinkedHashMap<Key, InsertGrant>();
        found.forEach((key, each) ->
                all.put(key, new InsertGrant(key.role(), key.column(), each.first.caller(), each.place())));
        for (var call : calls) {
            var owned = call.owner();
            if (owned != null) {
                owners.stream()
                        .filter(owner -> owner.owner() == owned)
                        .map(owner -> new InsertGrant(owner.role(), call.root(), call.caller(), new Place.AnyInsert()))
                        .forEach(grant -> all.putIfAbsent(new Key(grant.role(), grant.column()), grant));
            }
        }
        return List.copyOf(all.values());
    }

    private static final class Found {
        private static final Comparator<RelationName> BY_NAME =
                Comparator.comparing(RelationName::schema).thenComparing(RelationName::name);

        private final Call first;
        private final TreeSet<RelationName> members = new TreeSet<>(BY_NAME);
        private final TreeSet<RelationName> views = new TreeSet<>(BY_NAME);
        private final TreeSet<RelationName> ruled = new TreeSet<>(BY_NAME);
        private boolean root;

        private Found(Call first) {
            this.first = first;
        }

        private void add(Call call, GrantRow grant) {
            if (call.byRule()) {
                ruled.add(grant.through());
            } else if (grant.relation() != call.relation()) {
                views.add(grant.through());
            } else if (call.depth() == Call.Depth.Root) {
                root = true;
            } else {
                members.add(grant.through());
            }
        }

        private Place place() {
            if (root) {
                return new Place.Root();
            }
            if (!members.isEmpty()) {
                return new Place.Members(members.first(), members.size(), first.depth() != Call.Depth.Child);
            }
            return views.isEmpty() ? new Place.Ruled(ruled.first()) : new Place.Views(views.first(), views.size());
        }
    }
}
