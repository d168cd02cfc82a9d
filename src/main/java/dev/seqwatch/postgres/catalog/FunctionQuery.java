package dev.seqwatch.postgres.catalog;

import dev.seqwatch.postgres.connection.BatchBisect;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Functions and procedures with their code. PostgreSQL records no dependency of code that is text, so what is read is
 * every function whose text names nextval, those that fill columns as a trigger or in a default, and what these call.
 */
public final class FunctionQuery {
    /** From 14 on the body of an SQL function may be parsed when it is made, and then has no text. */
    private static final int PARSED_BODIES = 140000;

    /** Of a longer text only this much is read; its functions are said to be unknown. */
    static final int LONGEST = 200_000;

    /** A function that calls a function that calls …: so often. */
    private static final int DEPTH = 5;

    /** Printing a parsed body opens the relations in it. */
    private static final int BATCH = 20;

    private static final String SQL = """
            SELECT p.oid::bigint AS oid, n.nspname, p.proname, l.lanname, pg_catalog.left(p.prosrc, ?) AS source, p.prosecdef,
                   p.proowner::bigint AS owner,
                   p.proargnames, p.proargmodes::text[] AS modes,
                   (SELECT pg_catalog.split_part(c.setting, '=', 2) FROM pg_catalog.unnest(p.proconfig) AS c(setting)
                     WHERE c.setting LIKE 'search\\_path=%') AS search_path,
                   EXISTS (SELECT FROM pg_catalog.pg_depend e
                            WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND e.objid = p.oid AND e.deptype = 'e')
                     AS member,
                   p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype
                     AND p.oid NOT IN (SELECT t.tgfoid FROM pg_catalog.pg_trigger t WHERE t.tgenabled <> 'D') AS idle
              FROM pg_catalog.pg_proc p
              JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
              JOIN pg_catalog.pg_language l ON l.oid = p.prolang
             WHERE p.oid >= 16384 AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
            """;

    private static final String MENTIONING = SQL + " AND p.prosrc ILIKE '%nextval%'";
    private static final String BY_OID = SQL + " AND p.oid = ANY (?)";
    private static final String BY_NAME = SQL + " AND p.proname = ANY (?)";

    private static final String DEPENDING = """
            SELECT DISTINCT d.objid::bigint
              FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
             WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
               AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
            """;

    private static final String PARSED = """
            SELECT p.oid::bigint, pg_catalog.pg_get_function_sqlbody(p.oid) FROM pg_catalog.pg_proc p
             WHERE p.oid = ANY (?) AND p.prosqlbody IS NOT NULL
            """;

    private FunctionQuery() {}

    /**
     * Functions by their oid.
     *
     * @param entries functions that run at an INSERT
     */
    public static Map<Long, FunctionRow> read(Session session, int version, Collection<Long> entries)
            throws SQLException {
        var found = new HashMap<Long, FunctionRow>();
        add(found, session.query(MENTIONING, FunctionQuery::found, LONGEST));
        var oids = new HashSet<>(entries);
        if (version >= PARSED_BODIES) {
            oids.addAll(session.query(DEPENDING, row -> row.getLong(1)));
        }
        for (var chunk : Chunks.of(List.copyOf(oids))) {
            add(found, session.query(BY_OID, FunctionQuery::found, LONGEST, session.array("oid", chunk)));
        }
        var unread = parsed(session, version, found, found.keySet());
        Set<String> asked = new HashSet<>();
        for (var depth = 0; depth < DEPTH && !unread.isEmpty(); depth++) {
            var names = new HashSet<String>();
            unread.forEach(oid -> names.addAll(calledBy(found.get(oid))));
            names.removeAll(asked);
            asked.addAll(names);
            var before = Set.copyOf(found.keySet());
            for (var chunk : Chunks.of(List.copyOf(names))) {
                add(found, session.query(BY_NAME, FunctionQuery::found, LONGEST, session.array("text", chunk)));
            }
            var more = new HashSet<>(found.keySet());
            more.removeAll(before);
            unread = parsed(session, version, found, more);
        }
        return found;
    }

    private static Set<String> calledBy(@Nullable FunctionRow function) {
        return function == null || function.code() == null
                ? Set.of()
                : function.code().functions();
    }

    private static void add(Map<Long, FunctionRow> found, List<FunctionRow> rows) {
        rows.forEach(row -> found.putIfAbsent(row.oid(), row));
    }

    /** Reads the bodies that are no text; one that another session locks stays unknown. */
    private static Set<Long> parsed(Session session, int version, Map<Long, FunctionRow> found, Collection<Long> oids)
            throws SQLException {
        if (version >= PARSED_BODIES) {
            var without = oids.stream()
                    .filter(oid -> found.containsKey(oid) && found.get(oid).mayBeParsed())
                    .toList();
            for (var batch : Chunks.of(new ArrayList<>(without), BATCH)) {
                BatchBisect.run(
                        batch,
                        part -> session.query(
                                PARSED,
                                row -> found.computeIfPresent(row.getLong(1), withSource(row.getString(2))),
                                session.array("oid", new ArrayList<>(part))),
                        (oid, refusal) ->
                                refusal.notChecked().ifPresent(_ -> found.computeIfPresent(oid, withSource(null))));
            }
        }
        return Set.copyOf(oids);
    }

    private static BiFunction<Long, FunctionRow, FunctionRow> withSource(@Nullable String source) {
        return (_, row) -> row.withSource(source);
    }

    private static FunctionRow found(ResultSet row) throws SQLException {
        return new FunctionRow(
                row.getLong("oid"),
                SharedText.of(row, "nspname"),
                row.getString("proname"),
                row.getString("lanname"),
                row.getString("source"),
                row.getBoolean("prosecdef"),
                row.getLong("owner"),
                inputs(strings(row, "proargnames"), strings(row, "modes")),
                row.getString("search_path"),
                row.getBoolean("member"),
                row.getBoolean("idle"));
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    /** Names of the arguments that a caller gives: {@code $1} is the first of these. */
    private static List<String> inputs(List<String> names, List<String> modes) {
        var inputs = new ArrayList<String>();
        for (var i = 0; i < names.size(); i++) {
            if (modes.isEmpty() || !Set.of("o", "t").contains(modes.get(i))) {
                inputs.add(names.get(i));
            }
        }
        return inputs;
    }
}
