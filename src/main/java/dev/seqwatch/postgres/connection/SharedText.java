package dev.seqwatch.postgres.connection;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Texts that many rows repeat: schemas, roles, types, codes of the catalogs. Each is held in memory once, which halves what
 * a database with tens of thousands of sequences takes.
 */
public final class SharedText {
    private SharedText() {}

    /** Of a column that is never null. */
    public static String of(ResultSet row, String column) throws SQLException {
        return row.getString(column).intern();
    }
}
