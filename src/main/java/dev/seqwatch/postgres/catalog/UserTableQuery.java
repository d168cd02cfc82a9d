package dev.seqwatch.postgres.catalog;

import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.UserTable;
import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Tables and views that are neither temporary, nor of the system, nor members of an extension. */
public final class UserTableQuery {
    private static final String SQL = """
            SELECT n.nspname, c.relname, pg_catalog.pg_get_userbyid(c.relowner) AS owner, c.relkind,
                   c.relpersistence <> 'u' AS logged, pn.nspname AS parent_schema, p.relname AS parent_name,
                   pg_catalog.pg_get_expr(c.relpartbound, 0) AS bound
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_inherits i ON c.relispartition AND i.inhrelid = c.oid
              LEFT JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
              LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
             WHERE c.relkind IN ('r', 'p', 'v') AND c.relpersistence <> 't'
               AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                                WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid
                                  AND e.deptype = 'e')
             ORDER BY n.nspname, c.relname
            """;

    private UserTableQuery() {}

    public static List<UserTable> read(Session session) throws SQLException {
        return session.query(SQL, UserTableQuery::table);
    }

    private static UserTable table(ResultSet row) throws SQLException {
        var parentSchema = row.getString("parent_schema");
        return new UserTable(
                new RelationName(SharedText.of(row, "nspname"), SharedText.of(row, "relname")),
                SharedText.of(row, "owner"),
                switch (row.getString("relkind")) {
                    case "p" -> UserTable.Kind.Partitioned;
                    case "v" -> UserTable.Kind.View;
                    default -> UserTable.Kind.Table;
                },
                parentSchema == null ? null : new RelationName(parentSchema, SharedText.of(row, "parent_name")),
                row.getString("bound"),
                row.getBoolean("logged"));
    }
}
