package dev.seqwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Finding;
import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.inspection.Inspection;
import dev.seqwatch.inspection.SpecWarnings;
import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.Limit;
import dev.seqwatch.model.ReadResult;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.catalog.Scope;
import dev.seqwatch.postgres.catalog.Scope.DeclaredLimit;
import dev.seqwatch.reading.DatabaseReader;
import dev.seqwatch.testing.Database;
import dev.seqwatch.testing.PostgresServer;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What a monitor declares, on a real database: what it changes, and what it says of a declaration in vain. */
@SuppressWarnings("NullAway.Init")
@ParameterizedClass
@ValueSource(ints = {13, 18})
class DeclarationsIT {
    private static final String SCHEMA = """
            CREATE SEQUENCE hibernate_sequence; CREATE TABLE accounts (id bigint PRIMARY KEY); CREATE TABLE "odd.name" (id integer PRIMARY KEY);
            INSERT INTO accounts VALUES (5000);
            SELECT setval('hibernate_sequence', 2147483000);
            CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY); CREATE TABLE items (order_id bigint REFERENCES orders);
            SELECT setval('orders_id_seq', 960);
            CREATE TABLE small (id integer GENERATED ALWAYS AS IDENTITY (MAXVALUE 1000) PRIMARY KEY);
            CREATE TABLE ints (id integer DEFAULT 0 PRIMARY KEY);
            CREATE SEQUENCE ints_seq OWNED BY ints.id;
            ALTER TABLE ints ALTER id SET DEFAULT nextval('ints_seq');
            CREATE TABLE down (id bigint GENERATED ALWAYS AS IDENTITY (INCREMENT -1) PRIMARY KEY);
            SELECT setval('down_id_seq', -960)""";

    private static Database database;

    @Parameter
    int major;

    @BeforeParameterizedClassInvocation
    static void create(int major) throws Exception {
        database = PostgresServer.of(major).database();
        database.execute(SCHEMA);
    }

    @AfterParameterizedClassInvocation
    static void drop() throws Exception {
        database.close();
    }

    @Test
    void a_limit_holds_where_it_is_the_tightest_and_stands_last_on_a_tie() {
        var declared = declarations(
                limit("orders", "id", "1000"),
                limit("small", "id", "1000"),
                limit("ints", "id", "2147483647"),
                limit("accounts", "id", "10"));
        assertThat(tightest(declared, "orders_id_seq"))
                .isEqualTo(
                        new Limit(BigInteger.valueOf(1000), new Limit.Origin.Declared(column("orders", "id"), "why")))
                .hasToString("1,000 declared for public.orders.id (why)");
        assertThat(tightest(declared, "small_id_seq").kind()).isEqualTo(Limit.Kind.Sequence);
        assertThat(tightest(declared, "ints_seq").kind()).isEqualTo(Limit.Kind.Column);
        assertThat(findings(declared))
                .anySatisfy(
                        finding -> assertThat(finding.message()).contains("1,000 declared for public.orders.id (why)"));
    }

    @Test
    void a_limit_of_a_reference_bears_on_the_key() {
        assertThat(tightest(declarations(limit("items", "order_id", "970")), "orders_id_seq"))
                .extracting(Limit::kind, limit -> limit.value().intValue())
                .containsExactly(Limit.Kind.Declared, 970);
    }

    @Test
    void a_descending_sequence_is_limited_from_below_alone() {
        assertThat(tightest(declarations(limit("down", "id", "-1000")), "down_id_seq")
                        .kind())
                .isEqualTo(Limit.Kind.Declared);
        var away = declarations(limit("down", "id", "1000"));
        assertThat(tightest(away, "down_id_seq").kind()).isNotEqualTo(Limit.Kind.Declared);
        assertThat(warnings(away)).singleElement().asString().contains("public.down_id_seq descends, away from 1000");
    }

    @Test
    void a_link_makes_the_column_a_consumer_and_the_sequence_no_orphan() {
        assertThat(names(findings(Declarations.NONE)))
                .contains("OrphanSequence public.hibernate_sequence")
                .doesNotContain("SequenceExhaustion public.hibernate_sequence public.odd.name.id");
        var linked = declarations(link("accounts", "id"), link("odd.name", "id"));
        assertThat(tightest(linked, "hibernate_sequence").setBy()).isEqualTo("public.odd.name.id integer");
        assertThat(names(findings(linked)))
                .contains("SequenceExhaustion public.hibernate_sequence public.odd.name.id")
                .doesNotContain("OrphanSequence public.hibernate_sequence")
                .noneMatch(name -> name.startsWith("SequenceBehind") || name.startsWith("SequenceUnowned public.hib"));
        assertThat(warnings(linked)).isEmpty();
    }

    @Test
    void a_linked_sequence_behind_its_ids_is_found() throws Exception {
        database.execute(
                "CREATE SEQUENCE late; CREATE TABLE drawn (id bigint PRIMARY KEY); INSERT INTO drawn VALUES (7)");
        var declared = declarations(
                new Declarations.Link(database.name(), new Scope.Link(name("late"), column("drawn", "id"))));
        assertThat(names(findings(declared))).contains("SequenceBehind public.late public.drawn.id");
        database.execute("DROP SEQUENCE late; DROP TABLE drawn");
    }

    @Test
    void a_name_with_a_slip_in_it_is_told() {
        assertThat(warnings(declarations(
                        limit("orders", "nr", "7"),
                        limit("nowhere", "id", "7"),
                        link("accounts", "nr"),
                        new Declarations.Link(database.name(), new Scope.Link(name("hib"), column("accounts", "id"))),
                        new Declarations.Limit("crm", new DeclaredLimit(column("orders", "id"), BigInteger.TEN, "")))))
                .satisfiesExactlyInAnyOrder(
                        notice -> assertThat(notice)
                                .startsWith("spec.limits[0]: no sequence")
                                .contains("public.orders.nr"),
                        notice -> assertThat(notice)
                                .startsWith("spec.limits[1]: no sequence")
                                .contains("public.nowhere.id"),
                        notice -> assertThat(notice).startsWith("spec.limits[2]: database crm is not among those"),
                        notice -> assertThat(notice)
                                .startsWith("spec.links[0]: ")
                                .contains("has no column public.accounts.nr"),
                        notice -> assertThat(notice)
                                .startsWith("spec.links[1]: ")
                                .contains("has no sequence public.hib"));
    }

    @Test
    void an_ignore_takes_findings_out_and_tells_when_it_is_idle_or_over() {
        var today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        var frozen = new Ignore(List.of("*.public.hibernate*"), List.of("*"), "frozen", today);
        var over = new Ignore(List.of("*"), List.of("*"), "over", today.minusDays(1));
        var idle = new Ignore(List.of("crm.*"), List.of("Key*"), "idle", null);
        var typo = new Ignore(List.of("*"), List.of("Orphan"), "typo", null);
        var declared = new Declarations(List.of(), List.of(), List.of(over, frozen, idle, typo));
        var inspection = inspect(declared);
        assertThat(inspection.ignored()).isNotEmpty().allSatisfy(ignored -> {
            assertThat(ignored.reason()).isEqualTo("frozen");
            assertThat(ignored.finding().subject().sequence()).isEqualTo("hibernate_sequence");
        });
        assertThat(inspection.findings())
                .isNotEmpty()
                .noneMatch(
                        finding -> "hibernate_sequence".equals(finding.subject().sequence()));
        assertThat(warnings(declared))
                .satisfiesExactly(
                        notice -> assertThat(notice).startsWith("spec.ignore[0] (over): it has expired"),
                        notice -> assertThat(notice).startsWith("spec.ignore[2] (idle): it matches no finding"),
                        notice -> assertThat(notice).startsWith("spec.ignore[3] (typo): no check is called \"Orphan\""),
                        notice -> assertThat(notice).startsWith("spec.ignore[3] (typo): it matches no finding"));
    }

    @Test
    void what_was_not_read_is_no_reason_to_complain() {
        var declared = new Declarations(
                List.of(limit("nowhere", "id", "7")),
                List.of(link("nowhere", "id")),
                List.of(new Ignore(List.of("crm.*"), List.of("*"), "idle", null)));
        var lost = Inspection.of(
                database.name(),
                new ReadResult.Unreachable(
                        ReadResult.Reason.ConnectionFailed, "no answer", Instant.now(), Duration.ZERO),
                CheckPolicy.DEFAULT,
                declared.ignores(),
                DatabaseHistory.NONE);
        assertThat(SpecWarnings.of(declared, List.of(lost), Instant.now())).isEmpty();
    }

    private static Inspection inspect(Declarations declared) {
        var scope = declared.scope(database.name(), Globs.ALL);
        var reading = new DatabaseReader(InstantSource.system()).read(database.target(), database.name(), scope);
        return Inspection.of(database.name(), reading, CheckPolicy.DEFAULT, declared.ignores(), DatabaseHistory.NONE);
    }

    private static List<String> warnings(Declarations declared) {
        return SpecWarnings.of(declared, List.of(inspect(declared)), Instant.now());
    }

    private static List<Finding> findings(Declarations declared) {
        return inspect(declared).findings();
    }

    private static List<String> names(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.check() + " " + finding.subject())
                .toList();
    }

    private static Limit tightest(Declarations declared, String sequence) {
        return switch (inspect(declared).reading()) {
            case ReadResult.Success(var state) ->
                state.sequences().stream()
                        .filter(watched -> watched.name().equals(name(sequence)))
                        .findFirst()
                        .orElseThrow()
                        .limit();
            case ReadResult.Unreachable unreachable -> throw new AssertionError(unreachable.toString());
        };
    }

    private static Declarations declarations(Record... declared) {
        return new Declarations(
                Stream.of(declared)
                        .filter(Declarations.Limit.class::isInstance)
                        .map(Declarations.Limit.class::cast)
                        .toList(),
                Stream.of(declared)
                        .filter(Declarations.Link.class::isInstance)
                        .map(Declarations.Link.class::cast)
                        .toList(),
                List.of());
    }

    private static Declarations.Limit limit(String table, String column, String max) {
        return new Declarations.Limit(
                database.name(), new DeclaredLimit(column(table, column), new BigInteger(max), "why"));
    }

    private static Declarations.Link link(String table, String column) {
        return new Declarations.Link(
                database.name(), new Scope.Link(name("hibernate_sequence"), column(table, column)));
    }

    private static RelationName name(String relation) {
        return new RelationName("public", relation);
    }

    private static ColumnName column(String table, String column) {
        return name(table).column(column);
    }
}
