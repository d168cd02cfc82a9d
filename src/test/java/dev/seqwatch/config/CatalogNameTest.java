package dev.seqwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.model.ColumnName;
import dev.seqwatch.model.RelationName;
import org.junit.jupiter.api.Test;

class CatalogNameTest {
    @Test
    void unquoted_parts_stand_for_themselves() {
        assertThat(CatalogName.ofRelation("Shop.public.Orders id_seq")).hasValueSatisfying(name -> {
            assertThat(name.database()).isEqualTo("Shop");
            assertThat(name.relation()).isEqualTo(new RelationName("public", "Orders id_seq"));
        });
    }

    @Test
    void quoted_parts_hold_dots_quotes_and_line_breaks() {
        assertThat(CatalogName.ofColumn("\"my.db\".s.\"say \"\"t\"\"\".\"\n\"")).hasValueSatisfying(name -> {
            assertThat(name.database()).isEqualTo("my.db");
            assertThat(name.column()).isEqualTo(new ColumnName(new RelationName("s", "say \"t\""), "\n"));
        });
        assertThat(CatalogName.ofRelation("a.\"\"\"\".c"))
                .hasValueSatisfying(name -> assertThat(name.relation().schema()).isEqualTo("\""));
    }

    @Test
    void a_text_without_the_right_number_of_parts_is_no_name() {
        for (var text : new String[] {
            "",
            ".",
            "a.b",
            "a.b.",
            ".b.c",
            "a..c",
            "a.b.c.d.e",
            "a.b.\"c",
            "a.b.\"c\"\"",
            "a.b.\"c\"d",
            "a.b.c\"d\"",
            "a.\"\".c",
            "a.b.c\n"
        }) {
            assertThat(CatalogName.ofRelation(text)).as(text).isEmpty();
            assertThat(CatalogName.ofColumn(text)).as(text).isEmpty();
        }
    }

    @Test
    void a_long_text_is_read_in_one_pass() {
        assertThat(CatalogName.ofRelation("a.b.\"" + "\"\"".repeat(500_000) + "x"))
                .isEmpty();
    }
}
