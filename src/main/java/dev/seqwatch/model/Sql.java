package dev.seqwatch.model;

import java.util.Set;
import java.util.regex.Pattern;

/** Text that is safe to stand in a statement, and as readable as PostgreSQL's own {@code quote_ident} leaves it. */
public final class Sql {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    /** Every keyword of 13 to 18 that {@code quote_ident} quotes: all but the unreserved (manual, appendix C). */
    private static final Set<String> KEYWORDS = Set.of("""
            all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean
            both case cast char character check coalesce collate collation column concurrently constraint create
            cross current_catalog current_date current_role current_schema current_time current_timestamp
            current_user dec decimal default deferrable desc distinct do else end except exists extract false
            fetch float for foreign freeze from full grant greatest group grouping having ilike in initially
            inner inout int integer intersect interval into is isnull join json json_array json_arrayagg
            json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value
            lateral leading least left like limit localtime localtimestamp merge_action national natural nchar
            none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay
            placing position precision primary real references returning right row select session_user setof
            similar smallint some substring symmetric system_user table tablesample then time timestamp to
            trailing treat trim true union unique user using values varchar variadic verbose when where window
            with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
            xmlserialize xmltable
            """.strip().split("\\s+"));

    private Sql() {}

    /** A name, quoted where PostgreSQL needs it. */
    public static String identifier(String name) {
        return PLAIN.matcher(name).matches() && !KEYWORDS.contains(name)
                ? name
                : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A string constant; safe whatever standard_conforming_strings says. */
    public static String literal(String text) {
        var quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
        return text.indexOf('\\') < 0 ? quoted : " E" + quoted;
    }

    /** A comment of one line a line: no name, however odd, can end it early. */
    public static String comment(String text) {
        return text.replaceAll("[\\r\\u0000-\\u0008\\u000B-\\u001F\\u0085\\u2028\\u2029]", " ")
                .lines()
                .map(line -> ("-- " + line).stripTrailing())
                .reduce((a, b) -> a + "\n" + b)
                .orElse("--");
    }
}
