package dev.seqwatch.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.assembly.DefaultExpression.Derived;
import dev.seqwatch.assembly.DefaultExpression.LateBound;
import dev.seqwatch.assembly.DefaultExpression.Plain;
import dev.seqwatch.model.RelationName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts as pg_get_expr of 13 to 18 prints them. */
class DefaultExpressionTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("nextval('public.s'::regclass)", new Plain(null)),
                Arguments.of("nextval('public.\"o''d ) x\"'::regclass)", new Plain(null)),
                Arguments.of("nextval('public.\"new\nline\"'::regclass)", new Plain(null)),
                Arguments.of("nextval(E'public.\"back\\\\slash\"'::regclass)", new Plain(null)),
                Arguments.of("(nextval('public.s'::regclass))::integer", new Plain("integer")),
                Arguments.of("(nextval('public.s'::regclass))::smallint", new Plain("smallint")),
                Arguments.of("(nextval('public.s'::regclass))::text", new Plain("text")),
                Arguments.of("(nextval('public.s'::regclass))::character varying", new Plain("character varying")),
                Arguments.of("nextval(('s'::text)::regclass)", new LateBound(List.of("s"))),
                Arguments.of("nextval(('a.s'::text)::regclass)", new LateBound(List.of("a", "s"))),
                Arguments.of("nextval(('\"A.b\".\"S\"\"x\"'::text)::regclass)", new LateBound(List.of("A.b", "S\"x"))),
                Arguments.of("nextval(('MixedCase'::text)::regclass)", new LateBound(List.of("mixedcase"))),
                Arguments.of("nextval((('s'::character varying)::text)::regclass)", new LateBound(List.of("s"))),
                Arguments.of("nextval(('db.a.s'::text)::regclass)", new LateBound(List.of())),
                Arguments.of("nextval((('s_'::text || CURRENT_USER))::regclass)", new LateBound(List.of())),
                Arguments.of("(nextval('public.s'::regclass) * 10)", new Derived()),
                Arguments.of("(nextval('public.a'::regclass) + nextval('public.b'::regclass))", new Derived()),
                Arguments.of("('A'::text || nextval('public.s'::regclass))", new Derived()),
                Arguments.of("abs(nextval('public.s'::regclass))", new Derived()),
                Arguments.of("COALESCE(nextval('public.s'::regclass), (0)::bigint)", new Derived()),
                Arguments.of("(nextval('public.s'::regclass))::numeric(5,0)", new Derived()),
                Arguments.of("(- nextval('public.s'::regclass))", new Derived()),
                Arguments.of("currval('public.s'::regclass)", new Derived()),
                Arguments.of("'public.s'::regclass", new Derived()));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void parses(String text, DefaultExpression expected) {
        assertThat(DefaultExpression.parse(text)).isEqualTo(expected);
    }

    @Test
    void aBareNameIsSoughtBesideTheTableFirst() {
        var table = new RelationName("shop", "orders");
        assertThat(DefaultExpression.candidates(new LateBound(List.of("s")), table))
                .containsExactly(new RelationName("shop", "s"), new RelationName("public", "s"));
        assertThat(DefaultExpression.candidates(new LateBound(List.of("other", "s")), table))
                .containsExactly(new RelationName("other", "s"));
        assertThat(DefaultExpression.candidates(new LateBound(List.of()), table))
                .isEmpty();
    }
}
