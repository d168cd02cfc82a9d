package dev.seqwatch.api.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What to watch, how often, and what to report. A component that the YAML leaves out has its default, whether or not an
 * API server has seen the spec.
 */
@ValidationRule(
        value = "self.interval.matches(r'" + Rules.INTERVAL + "') && duration(self.interval) >= duration('"
                + Rules.INTERVAL_MIN_SECONDS + "s') && duration(self.interval) <= duration('" + Rules.INTERVAL_MAX_HOURS
                + "h')",
        fieldPath = ".interval",
        message = Rules.INTERVAL_MESSAGE,
        messageExpression = "'\"' + self.interval + '\": " + Rules.INTERVAL_MESSAGE + "'")
public record SequenceMonitorSpec(
        @JsonPropertyDescription(
                "Time between the starts of two inspections of a database, such as 90s, 5m or 1h30m; from 10s to"
                        + " 24h. An inspection that kept the server busy for long is not repeated before ten times that"
                        + " time has passed; one that failed is repeated after 10s, then 20s, and so on. Default "
                        + DEFAULT_INTERVAL + ".")
        @Default(DEFAULT_INTERVAL)
        @Size(max = 20)
        String interval,

        @JsonPropertyDescription(
                "True stops inspections until it is false again; status keeps what was found last. Default false.")
        @Default("false")
        boolean suspend,

        @Required @JsonPropertyDescription("The PostgreSQL server, and how to log in.")
        ConnectionSpec connection,

        @JsonPropertyDescription(
                "Databases of the server to watch, all by default. They are discovered anew at every inspection.")
        @Default("{}")
        Selection databases,

        @JsonPropertyDescription("Schemas to watch, in every database; all by default.") @Default("{}")
        Selection schemas,

        @JsonPropertyDescription("From where on a sequence that nears its limit is reported.") @Default("{}")
        Thresholds thresholds,

        @JsonPropertyDescription("Checks whose severity differs from the default; each check at most once.")
        @Size(max = Rules.CHECKS_MAX)
        List<CheckSetting> checks,

        @JsonPropertyDescription("Values that a column must not pass for a reason that PostgreSQL does not know of.")
        @Size(max = Rules.DECLARATIONS_MAX)
        List<LimitSpec> limits,

        @JsonPropertyDescription(
                "Columns whose ids an application fetches from a sequence itself, so that no default names it.")
        @Size(max = Rules.DECLARATIONS_MAX)
        List<LinkSpec> links,

        @JsonPropertyDescription(
                "Findings to live with. They count for nothing, but are listed as ignored, each with its reason.")
        @Size(max = Rules.IGNORES_MAX)
        List<IgnoreSpec> ignore,

        @JsonPropertyDescription("Which metrics the operator offers for this monitor.") @Default("{}")
        Metrics metrics) {
    public static final String DEFAULT_INTERVAL = "5m";

    public SequenceMonitorSpec {
        interval = requireNonNullElse(interval, DEFAULT_INTERVAL);
        connection = requireNonNullElse(connection, ConnectionSpec.EMPTY);
        databases = requireNonNullElse(databases, Selection.ALL);
        schemas = requireNonNullElse(schemas, Selection.ALL);
        thresholds = requireNonNullElse(thresholds, Thresholds.DEFAULT);
        checks = List.copyOf(requireNonNullElse(checks, List.of()));
        limits = List.copyOf(requireNonNullElse(limits, List.of()));
        links = List.copyOf(requireNonNullElse(links, List.of()));
        ignore = List.copyOf(requireNonNullElse(ignore, List.of()));
        metrics = requireNonNullElse(metrics, Metrics.DEFAULT);
    }

    /** Defaults everywhere else. */
    public static SequenceMonitorSpec of(ConnectionSpec connection) {
        return new SequenceMonitorSpec(
                DEFAULT_INTERVAL,
                false,
                connection,
                Selection.ALL,
                Selection.ALL,
                Thresholds.DEFAULT,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Metrics.DEFAULT);
    }

    /** From where on a sequence that nears its limit is reported. */
    public record Thresholds(
            @JsonPropertyDescription(
                    "How much of a sequence's range may be used, on the way to the tightest limit: its own, its"
                            + " column's or that of a column that references it.")
            @Default("{}")
            Exhaustion exhaustion,

            @JsonPropertyDescription(
                    "How soon the limit may be reached at the present rate of use, whatever part of the range is left.")
            @Default("{}")
            ForecastHorizon forecast) {
        public static final Thresholds DEFAULT = new Thresholds(Exhaustion.DEFAULT, ForecastHorizon.DEFAULT);

        public Thresholds {
            exhaustion = requireNonNullElse(exhaustion, Exhaustion.DEFAULT);
            forecast = requireNonNullElse(forecast, ForecastHorizon.DEFAULT);
        }
    }

    /** Used part of the range, in percent, from which a sequence is reported. */
    @ValidationRule(
            value = "self.warningPercent < self.criticalPercent",
            fieldPath = ".warningPercent",
            message = Rules.THRESHOLDS_MESSAGE)
    public record Exhaustion(
            @JsonPropertyDescription("Used part of the range, in percent, from which on it is a Warning. Default "
                    + DEFAULT_WARNING_PERCENT + ", 1 to 99, lower than criticalPercent.")
            @Default("" + DEFAULT_WARNING_PERCENT)
            @Min(1)
            @Max(Rules.PERCENT_MAX)
            Integer warningPercent,

            @JsonPropertyDescription("Used part of the range, in percent, from which on it is Critical. Default "
                    + DEFAULT_CRITICAL_PERCENT + ", up to 100.")
            @Default("" + DEFAULT_CRITICAL_PERCENT)
            @Min(1)
            @Max(Rules.PERCENT_MAX)
            Integer criticalPercent) {
        public static final int DEFAULT_WARNING_PERCENT = 75;
        public static final int DEFAULT_CRITICAL_PERCENT = 90;
        public static final Exhaustion DEFAULT = new Exhaustion(DEFAULT_WARNING_PERCENT, DEFAULT_CRITICAL_PERCENT);

        public Exhaustion {
            warningPercent = requireNonNullElse(warningPercent, DEFAULT_WARNING_PERCENT);
            criticalPercent = requireNonNullElse(criticalPercent, DEFAULT_CRITICAL_PERCENT);
        }
    }

    /** Days left at the present rate of use, from which a sequence is reported. */
    @ValidationRule(
            value = "self.criticalDays < self.warningDays",
            fieldPath = ".criticalDays",
            message = Rules.HORIZON_MESSAGE)
    public record ForecastHorizon(
            @JsonPropertyDescription("Days left at the present rate of use, up to which it is a Warning. Default "
                    + DEFAULT_WARNING_DAYS + ", up to " + Rules.DAYS_MAX + ".")
            @Default("" + DEFAULT_WARNING_DAYS)
            @Min(1)
            @Max(Rules.DAYS_MAX)
            Integer warningDays,

            @JsonPropertyDescription("Days left at the present rate of use, up to which it is Critical. Default "
                    + DEFAULT_CRITICAL_DAYS + ", lower than warningDays.")
            @Default("" + DEFAULT_CRITICAL_DAYS)
            @Min(1)
            @Max(Rules.DAYS_MAX)
            Integer criticalDays) {
        public static final int DEFAULT_WARNING_DAYS = 90;
        public static final int DEFAULT_CRITICAL_DAYS = 30;
        public static final ForecastHorizon DEFAULT = new ForecastHorizon(DEFAULT_WARNING_DAYS, DEFAULT_CRITICAL_DAYS);

        public ForecastHorizon {
            warningDays = requireNonNullElse(warningDays, DEFAULT_WARNING_DAYS);
            criticalDays = requireNonNullElse(criticalDays, DEFAULT_CRITICAL_DAYS);
        }
    }

    /** Which metrics the operator offers for this monitor. */
    public record Metrics(
            @JsonPropertyDescription(
                    "Sequences that have series of their own: All, AtRisk (those near a threshold or with a finding)"
                            + " or None. Counts and findings are always there. Default AtRisk.")
            @Default("AtRisk")
            SequenceSeries sequences,

            @JsonPropertyDescription(
                    "Sequences of one database that have series of their own at most, the most used first; how many"
                            + " were left out is a metric too. Default " + DEFAULT_MAX_SEQUENCES + ", up to "
                            + Rules.MAX_SERIES_MAX + ".")
            @Default("" + DEFAULT_MAX_SEQUENCES)
            @Min(1)
            @Max(Rules.MAX_SERIES_MAX)
            Integer maxSequences) {
        public static final int DEFAULT_MAX_SEQUENCES = 200;
        public static final Metrics DEFAULT = new Metrics(SequenceSeries.AtRisk, DEFAULT_MAX_SEQUENCES);

        public Metrics {
            sequences = requireNonNullElse(sequences, SequenceSeries.AtRisk);
            maxSequences = requireNonNullElse(maxSequences, DEFAULT_MAX_SEQUENCES);
        }
    }

    /** Sequences that have series of their own. */
    public enum SequenceSeries {
        All,
        AtRisk,
        None
    }
}
