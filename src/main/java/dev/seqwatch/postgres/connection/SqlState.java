package dev.seqwatch.postgres.connection;

import java.sql.SQLException;

/** The SQLSTATEs that make a difference: manual of PostgreSQL, appendix "PostgreSQL Error Codes". */
enum SqlState {
    /** 28P01. */
    WrongPassword,
    /** 28000: no role of that name, or pg_hba.conf refuses. */
    LoginRefused,
    /** 3D000, 57P04. */
    NoSuchDatabase,
    /** 42501. */
    NoPrivilege,
    /** 53300. */
    TooManyConnections,
    /** 57P01, 57P02, 57P03: it stops, crashed or starts. */
    ServerUnavailable,
    /** 57014: statement_timeout, or an administrator's cancel. */
    Cancelled,
    /** 55P03: lock_timeout. */
    Locked,
    /** 42P01, 3F000, 42703: dropped since the catalog was read. */
    Gone,
    /** 08P01: PgBouncer has it for all that it refuses by itself. */
    ProtocolViolation,
    /** Class 08, 25P03, 25P04, 57P05, or none at all: the connection is of no more use. */
    ConnectionLost,
    Other;

    static SqlState of(SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "28P01" -> WrongPassword;
            case "28000" -> LoginRefused;
            case "3D000", "57P04" -> NoSuchDatabase;
            case "42501" -> NoPrivilege;
            case "53300" -> TooManyConnections;
            case "57P01", "57P02", "57P03" -> ServerUnavailable;
            case "57014" -> Cancelled;
            case "55P03" -> Locked;
            case "42P01", "3F000", "42703" -> Gone;
            case "08P01" -> ProtocolViolation;
            case "25P03", "25P04", "57P05", "" -> ConnectionLost;
            default -> state.startsWith("08") || state.startsWith("57P") ? ConnectionLost : Other;
        };
    }
}
