package dev.seqwatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.seqwatch.api.v1alpha1.Selection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    *        | shop          | true
                    *        | ""            | true
                    shop     | shop          | true
                    shop     | Shop          | false
                    shop     | shops         | false
                    shop*    | shop          | true
                    shop*    | shop_eu       | true
                    *_eu     | shop_eu       | true
                    *_eu     | shop_eu_old   | false
                    s*p      | shop          | true
                    s*p      | shipshop      | true
                    *a*b*    | xxaxxbxx      | true
                    *a*b*    | xxbxxaxx      | false
                    **       | x             | true
                    sh?p     | ship          | true
                    sh?p     | shp           | false
                    ?        | é             | true
                    ?        | 😀            | true
                    ??       | 😀            | false
                    ?        | ""            | false
                    a.b      | a.b           | true
                    a.b      | axb           | false
                    a+(b)$^  | a+(b)$^       | true
                    *'q"*    | it's 'q" here | true
                    """)
    void matches_a_name(String pattern, String name, boolean expected) {
        assertThat(Globs.matches(pattern, name)).isEqualTo(expected);
    }

    @Test
    void a_question_mark_is_any_one_character_a_line_break_too() {
        assertThat(Globs.matches("a?b", "a\nb")).isTrue();
        assertThat(Globs.matches("a*b", "a\n\nb")).isTrue();
    }

    @Test
    void many_stars_cost_nothing() {
        var pattern = "*a".repeat(60) + "b";
        assertTimeoutPreemptively(
                Duration.ofSeconds(1),
                () -> assertThat(Globs.matches(pattern, "a".repeat(63))).isFalse());
    }

    @Test
    void exclude_wins() {
        var globs = Globs.of(new Selection(List.of("shop*", "crm"), List.of("*_old")));
        assertThat(List.of("shop", "shop_old", "crm", "template1").stream().filter(globs))
                .containsExactly("shop", "crm");
    }

    @Test
    void everything_by_default_nothing_where_nothing_is_included() {
        assertThat(Globs.of(Selection.ALL)).accepts("shop", "a\"b", "");
        assertThat(Globs.of(new Selection(List.of(), List.of()))).rejects("shop");
    }
}
