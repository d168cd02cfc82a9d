package dev.seqwatch.api.v1alpha1;

/**
 * Bounds, patterns and messages that the API server holds a spec to. {@code config.SpecValidator} holds a spec to the
 * same ones where no API server has seen it.
 */
public final class Rules {
    private static final String TIMEOUT_MESSAGE = "write a duration such as 100ms, 10s or 2m, from ";

    /** A Go duration of hours, minutes and seconds, in this order. */
    public static final String INTERVAL =
            "^([0-9]{1,4}h([0-9]{1,5}m)?([0-9]{1,6}s)?|[0-9]{1,5}m([0-9]{1,6}s)?|[0-9]{1,6}s)$";

    public static final int INTERVAL_MIN_SECONDS = 10;
    public static final int INTERVAL_MAX_HOURS = 24;
    public static final String INTERVAL_MESSAGE = "write a duration such as 90s, 5m or 1h30m, from 10s to 24h";

    /** A Go duration of hours, minutes, seconds or milliseconds. */
    public static final String TIMEOUT = "^([0-9]{1,6}ms|([0-9]{1,2}h)?([0-9]{1,4}m)?([0-9]{1,6}s)?)$";

    public static final int TIMEOUT_MAX_LENGTH = 20;
    public static final String CONNECT_MIN = "1s";
    public static final String CONNECT_MAX = "1m";
    public static final String CONNECT_MESSAGE = TIMEOUT_MESSAGE + CONNECT_MIN + " to " + CONNECT_MAX;
    public static final String STATEMENT_MIN = "1s";
    public static final String STATEMENT_MAX = "10m";
    public static final String STATEMENT_MESSAGE = TIMEOUT_MESSAGE + STATEMENT_MIN + " to " + STATEMENT_MAX;
    public static final String LOCK_MIN = "1ms";
    public static final String LOCK_MAX = "10s";
    public static final String LOCK_MESSAGE = TIMEOUT_MESSAGE + LOCK_MIN + " to " + LOCK_MAX;
    public static final String SOCKET_MIN = "1s";
    public static final String SOCKET_MAX = "15m";
    public static final String SOCKET_MESSAGE = TIMEOUT_MESSAGE + SOCKET_MIN + " to " + SOCKET_MAX;
    public static final String SOCKET_LONGER_MESSAGE =
            "must be longer than statement, so that the server can report its own timeout";
    public static final String INSPECTION_MIN = "10s";
    public static final String INSPECTION_MAX = "12h";
    public static final String INSPECTION_MESSAGE = TIMEOUT_MESSAGE + INSPECTION_MIN + " to " + INSPECTION_MAX;

    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

    /** The last label is no number, or the name would be read as an address in another notation. */
    private static final String LAST_LABEL = "([0-9]*[A-Za-z_]|[0-9]+-+[A-Za-z0-9_])([A-Za-z0-9_-]*[A-Za-z0-9_])?";

    private static final String IPV4 =
            "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])([.](25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}";
    private static final String H = "[0-9A-Fa-f]{1,4}";
    private static final String IPV6 = "(" + H + ":){7}" + H
            + "|(" + H + ":){1,7}:"
            + "|(" + H + ":){1,6}:" + H
            + "|(" + H + ":){1,5}(:" + H + "){2}"
            + "|(" + H + ":){1,4}(:" + H + "){3}"
            + "|(" + H + ":){1,3}(:" + H + "){4}"
            + "|(" + H + ":){1,2}(:" + H + "){5}"
            + "|" + H + ":(:" + H + "){6}"
            + "|:((:" + H + "){1,7}|:)"
            + "|(" + H + ":){6}" + IPV4
            + "|(::(" + H + ":){0,5}|(" + H + ":){1,5}:(" + H + ":){0,4})" + IPV4;

    /** A DNS name (underscores are met in practice), an IPv4 or an IPv6 address. */
    public static final String HOST = "^((" + LABEL + "[.])*" + LAST_LABEL + "[.]?|" + IPV4 + "|" + IPV6 + ")$";

    public static final int HOST_MAX_LENGTH = 253;
    public static final int HOSTS_MAX = 16;
    public static final String HOST_MESSAGE =
            "write one DNS name or IP address without port, brackets, commas, slashes or spaces; for several use hosts";
    public static final String ADDRESS_MESSAGE =
            "set host, or hosts, or credentials.secretRef to a Secret that names the host";
    public static final String ONE_ADDRESS_MESSAGE = "set either host or hosts, not both";
    public static final String CA_MESSAGE =
            "set tls.mode to verify-ca or verify-full: the other modes do not verify the server, so the CA has no effect";

    /** Object names in Kubernetes: RFC 1123 subdomains. */
    public static final String OBJECT_NAME = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*$";

    public static final int OBJECT_NAME_MAX_LENGTH = 253;
    public static final String OBJECT_NAME_MESSAGE =
            "write the name of an object in the monitor's namespace: lower case letters, digits, - and .";

    /** Any name of PostgreSQL can be met by one of these: what is refused here is met by {@code ?}. */
    public static final String GLOB = "^[^\\[\\]{}\\\\\\x00-\\x1f\\x7f]+$";

    public static final int GLOB_MAX_LENGTH = 128;
    public static final int GLOBS_MAX = 100;
    public static final String GLOB_MESSAGE =
            "a pattern is not empty and knows * (any text) and ? (any one character) alone: write ? for [ ] { } \\ "
                    + "and control characters";

    /** A name as the catalog holds it, or any name in double quotes: manual, section 4.1.1. */
    static final String NAME_PART = "([^.\"\\x00-\\x1f\\x7f]+|\"([^\"]|\"\")+\")";

    /** {@code database.schema.sequence}. */
    public static final String RELATION_NAME = "^" + NAME_PART + "[.]" + NAME_PART + "[.]" + NAME_PART + "$";

    /** {@code database.schema.table.column}. */
    public static final String COLUMN_NAME =
            "^" + NAME_PART + "[.]" + NAME_PART + "[.]" + NAME_PART + "[.]" + NAME_PART + "$";

    /** Four names of 63 bytes each, every byte a quote that is written twice. */
    public static final int NAME_MAX_LENGTH = 4 * (2 * 63 + 2) + 3;

    private static final String QUOTING_MESSAGE =
            ", a name that holds a dot or a quote in double quotes and a quote in it twice";
    public static final String RELATION_NAME_MESSAGE = "write database.schema.sequence" + QUOTING_MESSAGE;
    public static final String COLUMN_NAME_MESSAGE = "write database.schema.table.column" + QUOTING_MESSAGE;
    public static final String ONE_DATABASE_MESSAGE = "name the same database in sequence and column";

    /** Digits alone do not tell whether a number of nineteen is one of bigint. */
    public static final String BIGINT = "^(0|-?[1-9][0-9]{0,18})$";

    public static final String BIGINT_MESSAGE = "write digits, from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;

    /** {@code database.schema.table.column} and some more for the stars. */
    public static final int OBJECT_GLOB_MAX_LENGTH = 300;

    public static final int REASON_MAX_LENGTH = 200;
    public static final String IGNORE_REASON_MESSAGE = "give the reason, for those who ask later";
    public static final int DECLARATIONS_MAX = 500;
    public static final int IGNORES_MAX = 100;

    public static final int DAYS_MAX = 3_650;
    public static final String HORIZON_MESSAGE = "must be lower than warningDays, which is "
            + SequenceMonitorSpec.ForecastHorizon.DEFAULT_WARNING_DAYS + " where it is not set";

    public static final int PORT_MAX = 65_535;
    public static final int PERCENT_MAX = 100;
    public static final int MAX_CONNECTIONS_MAX = 16;
    public static final int MAX_SERIES_MAX = 10_000;
    public static final int CHECKS_MAX = 64;
    public static final String THRESHOLDS_MESSAGE = "must be lower than criticalPercent, which is "
            + SequenceMonitorSpec.Exhaustion.DEFAULT_CRITICAL_PERCENT + " where it is not set";

    private Rules() {}
}
