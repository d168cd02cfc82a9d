package dev.seqwatch.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.ValueRange;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberExpressionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "(id > 0) | 1 | - | true",
                "(id <= 1000) | - | 1000 | true",
                "(id < 1000) | - | 999 | true",
                "(1000 > id) | - | 999 | true",
                "((id >= 1) AND (id <= 5000)) | 1 | 5000 | true",
                "((\"Id\" >= 1)) | - | - | true",
                "((id)::numeric < 10.5) | - | 10 | true",
                "((id)::numeric <= 10.0) | - | 10 | true",
                "(id < '10000000000'::bigint) | - | 9999999999 | true",
                "(id > '-5'::integer) | -4 | - | true",
                "(id > (-5)) | -4 | - | true",
                "((id * 2) < 100) | - | 49 | true",
                "((100 - id) >= 0) | - | 100 | true",
                "(id = ANY (ARRAY[1, 2, 30])) | 1 | 30 | true",
                "(id = ANY (ARRAY[(1)::bigint, '20000000000'::bigint])) | 1 | 20000000000 | true",
                "(id = 7) | 7 | 7 | true",
                "(id <> parent_id) | - | - | true",
                "(id IS NOT NULL) | - | - | true",
                "((id < 100) OR (id > 5)) | - | - | false",
                "((id < 100) OR (id = 200)) | - | 200 | true",
                "((kind = 'a'::text) OR (id < 100)) | - | - | false",
                "((kind = 'a'::text) OR (name IS NULL)) | - | - | true",
                "((id < 100) AND (name ~~ 'a%'::text)) | - | 99 | true",
                "((id < 100) AND ((name)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))) | - | 99 | true",
                "((id % (2)::bigint) = 1) | - | - | false",
                "((id < 100) AND ((id % 2) = 1)) | - | 99 | false",
                "(id < other) | - | - | false",
                "(length((id)::text) <= 6) | - | - | false",
                "public.valid(id) | - | - | false",
                "(NOT (id > 100)) | - | - | false",
                "((id IS NULL) <> (other IS NULL)) | - | - | true",
                "(num_nonnulls(id, other) = 1) | - | - | false",
                "(length(name) < 100) | - | - | true",
                "((price >= (0)::numeric) AND (price <= 9.99)) | - | - | true",
                "(id <@ '[1,100)'::int8range) | - | - | false",
                "CASE WHEN (id > 5) THEN true ELSE false END | - | - | false",
                "((id IS DISTINCT FROM 5) AND (id <= 9)) | - | 9 | false",
                "(upper((name)::text) = (name)::text) | - | - | true",
                "((data ->> 'id'::text) IS NOT NULL) | - | - | true"
            })
    void a_check_passes_ids(String constraint, @Nullable BigInteger min, @Nullable BigInteger max, boolean complete) {
        assertThat(NumberExpression.over("id", constraint).passing())
                .isEqualTo(new NumberExpression.Passing(min, max, complete));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "((nextval('s'::regclass) * 10))::integer ; int4 ; 214748364",
                "(nextval('s'::regclass) * 10) ; int8 ; 922337203685477580",
                "((nextval('s'::regclass) + 1000000000))::integer ; int4 ; 1147483647",
                "((nextval('s'::regclass) + '1000000000000'::bigint))::integer ; int4 ; -997852516353",
                "(((nextval('s'::regclass) * 100) + 7))::integer ; int4 ; 21474836",
                "((nextval('s'::regclass))::integer * 10) ; int8 ; 214748364",
                "((nextval('s'::regclass))::integer + '1000000000000'::bigint) ; int8 ; 2147483647",
                "(- nextval('s'::regclass)) ; int8 ; 9223372036854775807",
                "((0 - nextval('s'::regclass)))::smallint ; int2 ; 32768",
                "nextval('a \"b'' s'::regclass) ; int4 ; 2147483647",
                "((now_ms() << 23) | (nextval('s'::regclass) % 1024)) ; int8 ; -",
                "(nextval('s'::regclass) % 1000) ; int4 ; -",
                "((nextval('s'::regclass) * 1000) + shard_id()) ; int8 ; -",
                "('R'::text || (nextval('s'::regclass))::text) ; text ; -",
                "(nextval('s'::regclass) * nextval('s'::regclass)) ; int8 ; -"
            })
    void the_last_value_fits(String expression, String type, @Nullable BigInteger last) {
        var target = switch (type) {
            case "int2" -> ValueRange.SMALLINT;
            case "int4" -> ValueRange.INTEGER;
            case "int8" -> ValueRange.BIGINT;
            default -> null;
        };

        assertThat(NumberExpression.ofDefault(expression).lastThatFits(target, true))
                .isEqualTo(last);
    }
}
