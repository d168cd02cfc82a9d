package dev.seqwatch.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpelledDefaultTest {
    private static final ColumnType TEXT = new ColumnType("text", "text", -1, false);

    @Test
    void the_value_takes_the_place_of_the_call() {
        var spelling = SpelledDefault.ofDefault(
                        "('R''1'::text || lpad((nextval('app.\"S q\"'::regclass))::text, 6, '0'::text))", TEXT)
                .orElseThrow();

        assertThat(spelling.matches("t.id", "v.id"))
                .isEqualTo("t.id = ((('R''1'::text || lpad((v.id)::text, 6, '0'::text))))::text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(nextval('s'::regclass) * 10)",
                "to_char(nextval('s'::regclass), 'FM000000'::text)",
                "(('K-'::text || \"left\"(md5((nextval('s'::regclass))::text), 6)))::character varying(20)",
                "concat('a', nextval('s'::regclass))",
                "(('x'::text || (nextval('s'::regclass))::text))::public.citext"
            })
    void constants_casts_and_functions_of_postgresql_are_understood(String expression) {
        assertThat(SpelledDefault.ofDefault(expression, TEXT)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public.f(nextval('s'::regclass))",
                "f(nextval('s'::regclass))",
                "\"F\"(nextval('s'::regclass))",
                "(nextval('a'::regclass) + nextval('b'::regclass))",
                "(nextval('s'::regclass) OPERATOR(public.+) 1)",
                "to_char(now(), 'YYYY'::text) || (nextval('s'::regclass))::text",
                "(CURRENT_DATE || (nextval('s'::regclass))::text)",
                "((SELECT 1) + nextval('s'::regclass))",
                "pg_sleep((nextval('s'::regclass))::double precision)",
                "((nextval('s'::regclass))::public.mine)",
                "(nextval('s'::regclass)); DROP TABLE t; --",
                "ARRAY[nextval('s'::regclass)]",
                "nextval(('s'::text)::regclass)",
                "currval('s'::regclass)"
            })
    void nothing_else_is_put_into_a_query(String expression) {
        assertThat(SpelledDefault.ofDefault(expression, TEXT)).isEmpty();
    }
}
