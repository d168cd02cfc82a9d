package dev.seqwatch.postgres.catalog;

import dev.seqwatch.postgres.connection.Session;
import dev.seqwatch.postgres.connection.SharedText;
import java.sql.SQLException;
import java.util.List;

/** Owners of functions that are SECURITY DEFINER, who may not call the sequence that the function calls. */
public final class FunctionOwnerQuery {
    private static final String SQL = """
            SELECT f.sequence::bigint AS sequence, f.owner::bigint AS owner, pg_catalog.pg_get_userbyid(f.owner) AS role
              FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.oid[]), pg_catalog.unnest(?::pg_catalog.oid[])) AS f(sequence, owner)
             WHERE NOT pg_catalog.has_sequence_privilege(f.owner, f.sequence, 'USAGE, UPDATE')
            """;

    private FunctionOwnerQuery() {}

    public static List<OwnerRow> read(Session session, List<OwnerCall> calls) throws SQLException {
        return calls.isEmpty()
                ? List.of()
                : session.query(
                        SQL,
                        row -> new OwnerRow(row.getLong("sequence"), row.getLong("owner"), SharedText.of(row, "role")),
                        session.array(
                                "oid", calls.stream().map(OwnerCall::sequence).toList()),
                        session.array(
                                "oid", calls.stream().map(OwnerCall::owner).toList()));
    }

    /** A sequence, and the role whose rights a call of it has. */
    public record OwnerCall(long sequence, long owner) {}

    public record OwnerRow(long sequence, long owner, String role) {}
}
