package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.RelationName;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Triggers that may change a row before it is inserted: those that fire, for each row, before INSERT. */
public final class TriggerQuery {
    /** tgtype 1 is FOR EACH ROW, 2 BEFORE, 4 INSERT (pg_trigger.h); D is disabled, R fires on a replica alone. */
    private static final String SQL = """
            SELECT t.tgrelid::bigint AS relation, n.nspname, c.relname, t.tgname, t.tgfoid::bigint AS function, t.tgargs
              FROM pg_catalog.pg_trigger t
              JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
             WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgtype & 7 = 7
             ORDER BY n.nspname, c.relname, t.tgname
            """;

    private TriggerQuery() {}

    public static List<TriggerRow> read(Session session) throws SQLException {
        return session.query(SQL, TriggerQuery::found);
    }

    private static TriggerRow found(ResultSet row) throws SQLException {
        return new TriggerRow(
                row.getLong("relation"),
                new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                row.getString("tgname"),
                row.getLong("function"),
                arguments(row.getBytes("tgargs")));
    }

    /** Each ends with a zero byte: manual, section 52.58. */
    private static List<String> arguments(byte[] bytes) {
        var arguments = new ArrayList<String>();
        var from = 0;
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                arguments.add(new String(bytes, from, i - from, StandardCharsets.UTF_8));
                from = i + 1;
            }
        }
        return arguments;
    }

    public record TriggerRow(long relation, RelationName table, String name, long function, List<String> arguments) {
        public TriggerRow {
            arguments = List.copyOf(arguments);
        }
    }
}
