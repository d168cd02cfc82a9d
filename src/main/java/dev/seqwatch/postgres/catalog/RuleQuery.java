package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.BatchBisect;
import dev.seqwatch.postgres.connection.Chunks;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import dev.seqwatch.postgres.nextval.Code;
import dev.seqwatch.postgres.nextval.CodeUse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules and views that call nextval on a sequence, as PostgreSQL records it; the text of those rules that act at INSERT. */
public final class RuleQuery {
    private static final int BATCH = 20;

    private static final String SQL = """
            SELECT DISTINCT r.oid::bigint AS oid, d.refobjid::bigint AS sequence, r.rulename, r.ev_type,
                   r.ev_class::bigint AS relation, r.ev_type = '3' AND r.ev_enabled IN ('O', 'A') AS at_insert, n.nspname, c.relname
              FROM pg_catalog.pg_depend d
              JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
              JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
              JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
               AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = 'n'
               AND pg_catalog.strpos(r.ev_action::text, ':funcid '
                     || 'pg_catalog.nextval(regclass)'::pg_catalog.regprocedure::pg_catalog.oid || ' ') > 0
            """;

    /** Printing a rule opens the relations in it. */
    private static final String TEXT =
            "SELECT r.oid::bigint, pg_catalog.pg_get_ruledef(r.oid) FROM pg_catalog.pg_rewrite r WHERE r.oid = ANY (?)";

    private RuleQuery() {}

    public static List<RuleRow> read(Session session) throws SQLException {
        var rules = session.query(
                SQL,
                row -> new RuleRow(
                        row.getLong("oid"),
                        row.getLong("sequence"),
                        row.getString("rulename"),
                        row.getString("ev_type").equals("1"),
                        row.getBoolean("at_insert"),
                        row.getLong("relation"),
                        new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                        null));
        var texts = new HashMap<Long, String>();
        var oids = rules.stream()
                .filter(rule -> !rule.view())
                .map(RuleRow::oid)
                .distinct()
                .toList();
        for (var batch : Chunks.of(oids, BATCH)) {
            BatchBisect.run(
                    batch,
                    part -> session.query(
                            TEXT,
                            row -> texts.put(row.getLong(1), row.getString(2)),
                            session.array("oid", new ArrayList<>(part))),
                    (_, refusal) -> refusal.notChecked().ifPresent((NotCheckedReason _) -> {}));
        }
        return rules.stream().map(rule -> rule.withText(texts.get(rule.oid()))).toList();
    }

    /**
     * A rule.
     *
     * @param view whether it is what a view selects
     * @param atInsert whether it acts at an INSERT, and is enabled
     * @param relationOid of the relation
     * @param relation that it belongs to
     * @param text null for views, and where another session's lock hid it
     */
    public record RuleRow(
            long oid,
            long sequence,
            String name,
            boolean view,
            boolean atInsert,
            long relationOid,
            RelationName relation,
            @Nullable String text) {
        public Stream<CodeUse> uses() {
            return text == null ? Stream.empty() : Code.ofSql(text, List.of()).uses().stream();
        }

        RuleRow withText(@Nullable String other) {
            return new RuleRow(oid, sequence, name, view, atInsert, relationOid, relation, other);
        }

        @Override
        public String toString() {
            return view ? "view " + relation : "rule " + name + " of " + relation;
        }
    }
}
