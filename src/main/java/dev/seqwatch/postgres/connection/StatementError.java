package dev.seqwatch.postgres.connection;

import dev.seqwatch.model.NotCheckedReason;
import dev.seqwatch.model.UnreadableReason;
import java.sql.SQLException;
import java.util.Optional;

/** Why a server refused a statement. */
public enum StatementError {
    /** lock_timeout. */
    Locked,
    /** statement_timeout, or an administrator's cancel. */
    TimedOut,
    NoPrivilege,
    /** Dropped since the catalog was read. */
    Gone,
    /** The connection is of no more use. */
    ConnectionLost,
    Other;

    static StatementError of(SQLException e) {
        return switch (SqlState.of(e)) {
            case Locked -> Locked;
            case Cancelled -> TimedOut;
            case NoPrivilege -> NoPrivilege;
            case Gone -> Gone;
            case ConnectionLost, ServerUnavailable, ProtocolViolation, NoSuchDatabase -> ConnectionLost;
            case WrongPassword, LoginRefused, TooManyConnections, Other -> Other;
        };
    }

    /** Empty where there is nothing left to be read. */
    public Optional<UnreadableReason> unreadable() {
        return switch (this) {
            case Locked -> Optional.of(UnreadableReason.Locked);
            case TimedOut -> Optional.of(UnreadableReason.TimedOut);
            case NoPrivilege -> Optional.of(UnreadableReason.NoPrivilege);
            case Gone -> Optional.empty();
            case ConnectionLost, Other -> Optional.of(UnreadableReason.ServerError);
        };
    }

    /** Empty where there is nothing left to be read. */
    public Optional<NotCheckedReason> notChecked() {
        return switch (this) {
            case Locked -> Optional.of(NotCheckedReason.Locked);
            case TimedOut -> Optional.of(NotCheckedReason.TimedOut);
            case NoPrivilege -> Optional.of(NotCheckedReason.NoPrivilege);
            case Gone -> Optional.empty();
            case ConnectionLost, Other -> Optional.of(NotCheckedReason.ServerError);
        };
    }
}
