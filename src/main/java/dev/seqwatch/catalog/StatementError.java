package dev.seqwatch.catalog;

import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.UnreadableReason;
import java.sql.SQLException;
import java.util.Optional;

/** Why a server refused a statement, by SQLSTATE: manual, appendix A. */
enum StatementError {
    /** 55P03: lock_timeout. */
    Locked,
    /** 57014: statement_timeout, or an administrator's cancel. */
    TimedOut,
    /** 42501. */
    NoPrivilege,
    /** 42P01, 3F000, 42703: dropped since the catalog was read. */
    Gone,
    /** The connection is of no more use. */
    ConnectionLost,
    Other;

    static StatementError of(SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "55P03" -> Locked;
            case "57014" -> TimedOut;
            case "42501" -> NoPrivilege;
            case "42P01", "3F000", "42703" -> Gone;
            default -> state.startsWith("08") || state.startsWith("57P") || state.isEmpty() ? ConnectionLost : Other;
        };
    }

    /** Empty where there is nothing left to be read. */
    Optional<UnreadableReason> unreadable() {
        return switch (this) {
            case Locked -> Optional.of(UnreadableReason.Locked);
            case TimedOut -> Optional.of(UnreadableReason.TimedOut);
            case NoPrivilege -> Optional.of(UnreadableReason.NoPrivilege);
            case Gone -> Optional.empty();
            case ConnectionLost, Other -> Optional.of(UnreadableReason.ServerError);
        };
    }

    /** Empty where there is nothing left to be read. */
    Optional<NotCheckedReason> notChecked() {
        return switch (this) {
            case Locked -> Optional.of(NotCheckedReason.Locked);
            case TimedOut -> Optional.of(NotCheckedReason.TimedOut);
            case NoPrivilege -> Optional.of(NotCheckedReason.NoPrivilege);
            case Gone -> Optional.empty();
            case ConnectionLost, Other -> Optional.of(NotCheckedReason.ServerError);
        };
    }
}
