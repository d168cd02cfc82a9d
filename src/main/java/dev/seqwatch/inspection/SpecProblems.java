package dev.seqwatch.inspection;

import dev.seqwatch.api.v1alpha1.CheckSetting;
import dev.seqwatch.api.v1alpha1.ConnectionSpec;
import dev.seqwatch.api.v1alpha1.Rules;
import dev.seqwatch.api.v1alpha1.Selection;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the API server would refuse about a spec, for specs that it has not seen: one that the command line reads from a
 * file, and one stored under an older definition. Limits on the length of texts and lists, which guard the API server
 * alone, are not repeated.
 */
public final class SpecProblems {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final List<String> problems = new ArrayList<>();

    private SpecProblems() {}

    /** One line each: the field, its value and what to write instead. Empty for a spec that is understood. */
    public static List<String> of(SequenceMonitorSpec spec) {
        var check = new SpecProblems();
        if (Interval.parse(spec.interval()).isEmpty()) {
            check.add("spec.interval", spec.interval(), Rules.INTERVAL_MESSAGE);
        }
        check.connection(spec.connection());
        check.selection("spec.databases", spec.databases());
        check.selection("spec.schemas", spec.schemas());
        check.thresholds(spec.thresholds().exhaustion());
        check.settings(spec.checks());
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
            text("spec.connection.host", host, Rules.HOST, Rules.HOST_MESSAGE);
        }
        number("spec.connection.port", connection.port(), Rules.PORT_MAX);
        for (int i = 0; i < hosts.size(); i++) {
            var field = "spec.connection.hosts[" + i + "]";
            text(field + ".host", hosts.get(i).host(), Rules.HOST, Rules.HOST_MESSAGE);
            number(field + ".port", hosts.get(i).port(), Rules.PORT_MAX);
        }
        number("spec.connection.maxConnections", connection.maxConnections(), Rules.MAX_CONNECTIONS_MAX);
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
