package dev.seqwatch.assembly;

import static dev.seqwatch.model.Given.BIGINT;
import static dev.seqwatch.model.Given.INTEGER;
import static dev.seqwatch.model.Given.SMALLINT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.assembly.Catalog.TableOptions;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.Uniqueness;
import dev.seqwatch.postgres.ids.IdSource;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made of catalog rows before anything of the tables is read. */
class SequenceAssemblerTest {
    private static final UnaryOperator<TableOptions> PLAIN = UnaryOperator.identity();
    private static final UnaryOperator<TableOptions> UNREADABLE = TableOptions::unreadable;
    private static final UnaryOperator<TableOptions> NOT_UNIQUE = TableOptions::notUnique;

    @Test
    void a_partition_tree_is_one_column_read_in_each_leaf() {
        var draft = only(new Catalog()
                .table("t", TableOptions::partitioned)
                .table("t_old")
                .table("t_new", TableOptions::partitioned)
                .table("t_new_1")
                .child("t_old", "t")
                .child("t_new", "t")
                .child("t_new_1", "t_new")
                .sequence("s")
                .feeds("s", "t", BIGINT)
                .feeds("s", "t_old", BIGINT)
                .feeds("s", "t_new", BIGINT)
                .feeds("s", "t_new_1", BIGINT));

        assertThat(columns(draft)).containsExactly(column("t"));
        assertThat(sources(draft)).containsExactly("ONLY t_old", "ONLY t_new_1");
    }

    @Test
    void a_child_with_a_sequence_of_its_own_is_not_read_for_its_parents_sequence() {
        var drafts = new Catalog()
                .table("parent")
                .table("same")
                .table("other")
                .child("same", "parent")
                .child("other", "parent")
                .sequence("s")
                .sequence("own")
                .feeds("s", "parent", BIGINT)
                .feeds("s", "same", BIGINT)
                .feeds("own", "other", BIGINT)
                .drafts();

        assertThat(columns(drafts.get(0))).containsExactly(column("parent"));
        assertThat(sources(drafts.get(0))).containsExactly("ONLY parent", "ONLY same");
        assertThat(drafts.get(0).columns().getFirst().sequenceColumn().table().independentChildren())
                .containsExactly(new RelationName("public", "other"));
        assertThat(sources(drafts.get(1))).containsExactly("ONLY other");
    }

    @Test
    void the_own_default_of_a_partition_serves_only_inserts_past_its_root() {
        var drafts = new Catalog()
                .table("t", TableOptions::partitioned)
                .table("t_old")
                .child("t_old", "t")
                .sequence("s")
                .sequence("own")
                .feeds("s", "t", BIGINT)
                .feeds("own", "t_old", BIGINT)
                .drafts();

        assertThat(sources(drafts.get(0))).containsExactly("ONLY t_old");
        assertThat(sources(drafts.get(1))).isEmpty();
        assertThat(gaps(drafts.get(1))).containsExactly("t_old " + NotCheckedReason.PartitionDefault);
    }

    @Test
    void the_narrowest_type_along_all_references_is_the_limit() {
        var draft = only(new Catalog()
                .table("t")
                .table("child")
                .table("grandchild")
                .sequence("s")
                .feeds("s", "t", BIGINT)
                .references("child", INTEGER, "t", BIGINT)
                .references("grandchild", SMALLINT, "child", INTEGER)
                .references("t", BIGINT, "grandchild", SMALLINT));

        assertThat(draft.references()).hasSize(2);
        assertThat(draft.limit().value()).isEqualTo(32_767);
        assertThat(draft.limit().column()).isEqualTo(column("grandchild"));
    }

    @Test
    void a_default_that_computes_limits_nothing_and_has_no_references() {
        var draft = only(new Catalog()
                .table("t")
                .table("child")
                .sequence("s")
                .feeds("s", "t", INTEGER, "mangled(nextval('s'::regclass))")
                .references("child", SMALLINT, "t", INTEGER));

        assertThat(draft.references()).isEmpty();
        assertThat(draft.limit().column()).isNull();
        assertThat(gaps(draft)).containsExactly("t " + NotCheckedReason.DerivedValue);
    }

    static Stream<Arguments> uniqueness() {
        return Stream.of(
                Arguments.of("its own index", Uniqueness.Alone, PLAIN, NOT_UNIQUE),
                Arguments.of("none", Uniqueness.None, NOT_UNIQUE, NOT_UNIQUE),
                Arguments.of("that of each child of an empty root", Uniqueness.Composite, NOT_UNIQUE, PLAIN),
                Arguments.of(
                        "none where the root of an inheritance tree holds rows",
                        Uniqueness.None,
                        with(options -> NOT_UNIQUE.apply(options).rows(5)),
                        PLAIN),
                Arguments.of(
                        "that of each partition",
                        Uniqueness.Composite,
                        with(options -> NOT_UNIQUE.apply(options).partitioned().rows(5)),
                        PLAIN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void uniqueness(
            String of, Uniqueness expected, UnaryOperator<TableOptions> root, UnaryOperator<TableOptions> child) {
        var draft = only(new Catalog()
                .table("t", root)
                .table("t_1", child)
                .child("t_1", "t")
                .sequence("s")
                .feeds("s", "t", BIGINT));

        assertThat(draft.columns().getFirst().sequenceColumn().uniqueness())
                .as(of)
                .isEqualTo(expected);
    }

    /** Tables, root first; which of them are read and which stay unread. */
    static Stream<Arguments> reads() {
        return Stream.of(
                Arguments.of("a readable table", List.of(PLAIN), "ONLY t", ""),
                Arguments.of("no privilege", List.of(UNREADABLE), "", "t NoPrivilege"),
                Arguments.of("a policy", List.of(with(TableOptions::withPolicies)), "", "t RowLevelSecurity"),
                Arguments.of(
                        "more indexes than a statement may lock",
                        List.of(with(options -> options.withIndexes(IdSource.MAX_LOCKS))),
                        "",
                        "t TooManyIndexes"),
                Arguments.of("a foreign table", List.of(with(TableOptions::foreign)), "", "t ForeignTable"),
                Arguments.of(
                        "an unreadable child below a readable root, whose privilege serves",
                        List.of(PLAIN, PLAIN, UNREADABLE),
                        "t",
                        ""),
                Arguments.of(
                        "a readable child below an unreadable root",
                        List.of(UNREADABLE, PLAIN, UNREADABLE),
                        "ONLY t_1",
                        "t NoPrivilege, t_2 NoPrivilege"),
                Arguments.of(
                        "nothing readable: one grant is enough",
                        List.of(UNREADABLE, UNREADABLE, UNREADABLE),
                        "",
                        "t NoPrivilege"),
                Arguments.of(
                        "too many indexes to read all through the root",
                        List.of(PLAIN, with(options -> options.withIndexes(298)), UNREADABLE),
                        "ONLY t, ONLY t_1",
                        "t_2 NoPrivilege"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void reads(String of, List<UnaryOperator<TableOptions>> tables, String sources, String gaps) {
        var catalog = new Catalog().table("t", tables.getFirst());
        for (var i = 1; i < tables.size(); i++) {
            catalog.table("t_" + i, tables.get(i)).child("t_" + i, "t");
        }
        var draft = only(catalog.sequence("s").feeds("s", "t", BIGINT));

        assertThat(String.join(", ", sources(draft))).as(of).isEqualTo(sources);
        assertThat(String.join(", ", gaps(draft))).as(of).isEqualTo(gaps);
    }

    @Test
    void a_standby_compares_nothing() {
        var draft = new Catalog()
                .table("t")
                .sequence("s")
                .feeds("s", "t", BIGINT)
                .drafts(Catalog.STANDBY)
                .getFirst();

        assertThat(sources(draft)).isEmpty();
        assertThat(gaps(draft)).containsExactly("t " + NotCheckedReason.Standby);
    }

    /** Gives the lambda its type. */
    private static UnaryOperator<TableOptions> with(UnaryOperator<TableOptions> options) {
        return options;
    }

    private static SequenceAssembler.UnreadSequence only(Catalog catalog) {
        var drafts = catalog.drafts();
        assertThat(drafts).hasSize(1);
        return drafts.getFirst();
    }

    private static ColumnName column(String table) {
        return new RelationName("public", table).column("id");
    }

    private static List<ColumnName> columns(SequenceAssembler.UnreadSequence draft) {
        return draft.columns().stream()
                .map(column -> column.sequenceColumn().column())
                .toList();
    }

    private static List<String> sources(SequenceAssembler.UnreadSequence draft) {
        return draft.columns().stream()
                .flatMap(column -> column.ids().sources().stream())
                .map(source ->
                        (source.only() ? "ONLY " : "") + source.column().table().name())
                .toList();
    }

    private static List<String> gaps(SequenceAssembler.UnreadSequence draft) {
        return draft.columns().stream()
                .flatMap(column -> column.ids().gaps().stream())
                .map(gap -> gap.table().name() + " " + gap.reason())
                .toList();
    }
}
