package dev.seqwatch.config;

import dev.seqwatch.api.v1alpha1.CheckSetting;
import dev.seqwatch.api.v1alpha1.ConnectionSpec;
import dev.seqwatch.api.v1alpha1.IgnoreSpec;
import dev.seqwatch.api.v1alpha1.LimitSpec;
import dev.seqwatch.api.v1alpha1.LinkSpec;
import dev.seqwatch.api.v1alpha1.Rules;
import dev.seqwatch.api.v1alpha1.Selection;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.model.ValueRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the API server would refuse about a spec, for specs that it has not seen: one that the command line reads from a
 * file, and one stored under an older definition. Limits on the length of texts and lists, which guard the API server
 * alone, are not repeated.
 */
public final class SpecValidator {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final List<String> problems = new ArrayList<>();

    private SpecValidator() {}

    /** One line each: the field, its value and what to write instead. Empty for a spec that is understood. */
    public static List<String> of(SequenceMonitorSpec spec) {
        var check = new SpecValidator();
        if (Interval.parse(spec.interval()).isEmpty()) {
            check.add("spec.interval", spec.interval(), Rules.INTERVAL_MESSAGE);
        }
        check.connection(spec.connection());
        check.selection("spec.databases", spec.databases());
        check.selection("spec.schemas", spec.schemas());
        check.thresholds(spec.thresholds().exhaustion());
        check.horizon(spec.thresholds().forecast());
        check.settings(spec.checks());
        check.each("spec.limits", spec.limits(), check::limit);
        check.each("spec.links", spec.links(), check::link);
        check.each("spec.ignore", spec.ignore(), check::ignore);
        check.number("spec.metrics.maxSequences", spec.metrics().maxSequences(), Rules.MAX_SERIES_MAX);
        return List.copyOf(check.problems);
    }

    private void connection(ConnectionSpec connection) {
        var host = connection.host();
        var hosts = connection.hosts();
        var credentials = connection.credentials();
        var authority = connection.tls().caSecretRef();
        if (host == null && hosts.isEmpty() && credentials == null) {
            problems.add("spec.connection: " + Rules.ADDRESS_MESSAGE);
        }
        if (host != null && !hosts.isEmpty()) {
            problems.add("spec.connection.hosts: " + Rules.ONE_ADDRESS_MESSAGE);
        }
        if (host != null) {
            host("spec.connection.host", host);
        }
        number("spec.connection.port", connection.port(), Rules.PORT_MAX);
        for (int i = 0; i < hosts.size(); i++) {
            var field = "spec.connection.hosts[" + i + "]";
            host(field + ".host", hosts.get(i).host());
            number(field + ".port", hosts.get(i).port(), Rules.PORT_MAX);
        }
        number("spec.connection.maxConnections", connection.maxConnections(), Rules.MAX_CONNECTIONS_MAX);
        timeouts(connection.timeouts());
        if (credentials != null) {
            objectName(
                    "spec.connection.credentials.secretRef.name",
                    credentials.secretRef().name());
        }
        if (authority != null) {
            objectName("spec.connection.tls.caSecretRef.name", authority.name());
            if (!connection.tls().mode().verifiesTheServer()) {
                problems.add("spec.connection.tls.caSecretRef: " + Rules.CA_MESSAGE);
            }
        }
    }

    /** The value is not shown: somebody may have put a URI with a password there. */
    private void host(String field, String host) {
        if (!host.matches(Rules.HOST)) {
            problems.add(field + ": " + Rules.HOST_MESSAGE);
        }
    }

    private void timeouts(ConnectionSpec.Timeouts timeouts) {
        timeout("connect", timeouts.connect(), Rules.CONNECT_MIN, Rules.CONNECT_MAX, Rules.CONNECT_MESSAGE);
        timeout("statement", timeouts.statement(), Rules.STATEMENT_MIN, Rules.STATEMENT_MAX, Rules.STATEMENT_MESSAGE);
        timeout("lock", timeouts.lock(), Rules.LOCK_MIN, Rules.LOCK_MAX, Rules.LOCK_MESSAGE);
        timeout("socket", timeouts.socket(), Rules.SOCKET_MIN, Rules.SOCKET_MAX, Rules.SOCKET_MESSAGE);
        timeout(
                "inspection",
                timeouts.inspection(),
                Rules.INSPECTION_MIN,
                Rules.INSPECTION_MAX,
                Rules.INSPECTION_MESSAGE);
        var socket = Timeout.parse(timeouts.socket());
        var statement = Timeout.parse(timeouts.statement());
        if (socket.isPresent() && statement.isPresent() && socket.get().compareTo(statement.get()) <= 0) {
            problems.add("spec.connection.timeouts.socket: " + Rules.SOCKET_LONGER_MESSAGE);
        }
    }

    private void timeout(String name, @Nullable String value, String min, String max, String message) {
        if (value != null
                && Timeout.parse(value)
                        .filter(it -> it.compareTo(Timeout.parse(min).orElseThrow()) >= 0)
                        .filter(it -> it.compareTo(Timeout.parse(max).orElseThrow()) <= 0)
                        .isEmpty()) {
            add("spec.connection.timeouts." + name, value, message);
        }
    }

    private void selection(String field, Selection selection) {
        globs(field + ".include", selection.include());
        globs(field + ".exclude", selection.exclude());
    }

    private void globs(String field, List<String> patterns) {
        for (int i = 0; i < patterns.size(); i++) {
            text(field + "[" + i + "]", patterns.get(i), Rules.GLOB, Rules.GLOB_MESSAGE);
        }
    }

    private void thresholds(SequenceMonitorSpec.Exhaustion exhaustion) {
        var field = "spec.thresholds.exhaustion";
        number(field + ".warningPercent", exhaustion.warningPercent(), Rules.PERCENT_MAX);
        number(field + ".criticalPercent", exhaustion.criticalPercent(), Rules.PERCENT_MAX);
        if (exhaustion.warningPercent() >= exhaustion.criticalPercent()) {
            add(field + ".warningPercent", exhaustion.warningPercent().toString(), Rules.THRESHOLDS_MESSAGE);
        }
    }

    private void horizon(SequenceMonitorSpec.ForecastHorizon forecast) {
        var field = "spec.thresholds.forecast";
        number(field + ".warningDays", forecast.warningDays(), Rules.DAYS_MAX);
        number(field + ".criticalDays", forecast.criticalDays(), Rules.DAYS_MAX);
        if (forecast.criticalDays() >= forecast.warningDays()) {
            add(field + ".criticalDays", forecast.criticalDays().toString(), Rules.HORIZON_MESSAGE);
        }
    }

    private void limit(String field, LimitSpec limit) {
        if (CatalogName.ofColumn(limit.column()).isEmpty()) {
            add(field + ".column", limit.column(), Rules.COLUMN_NAME_MESSAGE);
        }
        if (!limit.max().matches(Rules.BIGINT) || !ValueRange.BIGINT.contains(new BigInteger(limit.max()))) {
            add(field + ".max", limit.max(), Rules.BIGINT_MESSAGE);
        }
    }

    private void link(String field, LinkSpec link) {
        var sequence = CatalogName.ofRelation(link.sequence());
        var column = CatalogName.ofColumn(link.column());
        if (sequence.isEmpty()) {
            add(field + ".sequence", link.sequence(), Rules.RELATION_NAME_MESSAGE);
        }
        if (column.isEmpty()) {
            add(field + ".column", link.column(), Rules.COLUMN_NAME_MESSAGE);
        }
        if (sequence.isPresent()
                && column.isPresent()
                && !sequence.get().database().equals(column.get().database())) {
            add(field + ".column", link.column(), Rules.ONE_DATABASE_MESSAGE);
        }
    }

    private void ignore(String field, IgnoreSpec ignore) {
        atLeastOne(field + ".objects", ignore.objects());
        globs(field + ".objects", ignore.objects());
        atLeastOne(field + ".checks", ignore.checks());
        globs(field + ".checks", ignore.checks());
        if (ignore.reason().isBlank()) {
            add(field + ".reason", ignore.reason(), Rules.IGNORE_REASON_MESSAGE);
        }
        if (ignore.until() != null && Ignore.date(ignore.until()).isEmpty()) {
            add(field + ".until", ignore.until(), "write a date such as 2027-03-31");
        }
    }

    private void atLeastOne(String field, List<String> patterns) {
        if (patterns.isEmpty()) {
            problems.add(field + ": give at least 1 pattern");
        }
    }

    private <T> void each(String field, List<T> items, BiConsumer<String, T> check) {
        for (int i = 0; i < items.size(); i++) {
            check.accept(field + "[" + i + "]", items.get(i));
        }
    }

    private void settings(List<CheckSetting> settings) {
        var names = new HashSet<CheckSetting.CheckName>();
        for (int i = 0; i < settings.size(); i++) {
            var setting = settings.get(i);
            if (setting.name() == null || setting.severity() == null) {
                problems.add("spec.checks[" + i + "]: set name and severity");
            } else if (!names.add(setting.name())) {
                add("spec.checks[" + i + "].name", setting.name().name(), "name each check once");
            }
        }
    }

    private void objectName(String field, String name) {
        text(field, name, Rules.OBJECT_NAME, Rules.OBJECT_NAME_MESSAGE);
    }

    private void text(String field, String value, String pattern, String message) {
        if (!value.matches(pattern)) {
            add(field, value, message);
        }
    }

    private void number(String field, int value, int max) {
        if (value < 1 || value > max) {
            add(field, Integer.toString(value), "write a number from 1 to " + max);
        }
    }

    private void add(String field, String value, String message) {
        problems.add(field + " \"" + onOneLine(value) + "\": " + message);
    }

    private static String onOneLine(String value) {
        return CONTROL.matcher(value)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }
}
