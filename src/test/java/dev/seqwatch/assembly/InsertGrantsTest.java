package dev.seqwatch.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.assembly.InsertGrants.Call;
import dev.seqwatch.assembly.InsertGrants.Call.Depth;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.InsertGrant.Place;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.catalog.ColumnId;
import dev.seqwatch.postgres.catalog.FunctionOwnerQuery.OwnerRow;
import dev.seqwatch.postgres.catalog.GrantQuery.GrantRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InsertGrantsTest {
    private static final long SEQUENCE = 7;
    private static final ColumnName ROOT = name("t").column("id");
    private static final List<Call> TREE =
            List.of(call(1, Depth.Root, 1, null), call(2, Depth.Partition, 2, null), call(3, Depth.Partition, 3, null));

    @Test
    void a_grant_on_the_root_stands_for_those_on_partitions_and_views() {
        assertThat(InsertGrants.of(
                        TREE,
                        List.of(grant(3, 3, "t3"), grant(2, 9, "w"), grant(1, 1, "t"), grant(2, 2, "t2")),
                        List.of()))
                .containsExactly(missing(new Place.Root()));
    }

    @Test
    void partitions_are_counted_and_the_first_is_named() {
        assertThat(InsertGrants.of(TREE, List.of(grant(3, 3, "t3"), grant(2, 9, "w"), grant(2, 2, "t2")), List.of()))
                .containsExactly(missing(new Place.Members(name("t2"), 2, true)));
    }

    @Test
    void views_alone_are_counted_and_the_first_is_named() {
        assertThat(InsertGrants.of(TREE, List.of(grant(1, 9, "w"), grant(2, 8, "v")), List.of()))
                .containsExactly(missing(new Place.Views(name("v"), 2)));
    }

    @Test
    void a_rule_names_what_the_role_inserts_into() {
        assertThat(InsertGrants.of(List.of(call(1, Depth.Root, 20, null)), List.of(grant(20, 20, "door")), List.of()))
                .containsExactly(missing(new Place.Ruled(name("door"))));
    }

    @Test
    void the_owner_of_a_function_is_reported_once_for_all_partitions() {
        var calls = List.of(
                call(1, Depth.Root, 1, 55L), call(2, Depth.Partition, 2, 55L), call(3, Depth.Partition, 3, 66L));

        assertThat(InsertGrants.of(calls, List.of(grant(1, 1, "t")), List.of(new OwnerRow(SEQUENCE, 55, "smith"))))
                .containsExactly(new InsertGrant("smith", ROOT, null, new Place.AnyInsert()));
    }

    @Test
    void each_role_is_reported() {
        assertThat(InsertGrants.of(
                        TREE, List.of(grant(2, 2, "t2"), new GrantRow(SEQUENCE, 1, 1, "other", name("t"))), List.of()))
                .containsExactlyInAnyOrder(
                        missing(new Place.Members(name("t2"), 1, true)),
                        new InsertGrant("other", ROOT, null, new Place.Root()));
    }

    private static InsertGrant missing(Place place) {
        return new InsertGrant("app", ROOT, null, place);
    }

    private static Call call(long table, Depth depth, long insertsInto, @Nullable Long owner) {
        return new Call(SEQUENCE, new ColumnId(table, 1), ROOT, depth, null, insertsInto, owner);
    }

    private static GrantRow grant(long base, long relation, String through) {
        return new GrantRow(SEQUENCE, base, relation, "app", name(through));
    }

    private static RelationName name(String table) {
        return new RelationName("public", table);
    }
}
