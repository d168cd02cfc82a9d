package dev.seqwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.api.v1alpha1.CheckSetting;
import dev.seqwatch.api.v1alpha1.CheckSetting.CheckName;
import dev.seqwatch.api.v1alpha1.CheckSetting.CheckSeverity;
import dev.seqwatch.api.v1alpha1.ConnectionSpec;
import dev.seqwatch.api.v1alpha1.Selection;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec.Exhaustion;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec.ForecastHorizon;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec.Metrics;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec.Thresholds;
import dev.seqwatch.check.Check;
import dev.seqwatch.check.CheckPolicy;
import dev.seqwatch.check.Checks;
import dev.seqwatch.check.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MonitorPolicyTest {
    @Test
    void a_spec_that_says_nothing_gives_the_policy_of_the_command_line() {
        assertThat(MonitorPolicy.of(SequenceMonitorSpec.of(ConnectionSpec.of("db", 5432, "login"))))
                .isEqualTo(CheckPolicy.DEFAULT);
    }

    @Test
    void thresholds_and_severities_are_taken_over() {
        var spec = new SequenceMonitorSpec(
                "5m",
                false,
                ConnectionSpec.of("db", 5432, "login"),
                Selection.ALL,
                Selection.ALL,
                new Thresholds(new Exhaustion(50, 60), new ForecastHorizon(365, 7)),
                List.of(
                        new CheckSetting(CheckName.SequenceUnowned, CheckSeverity.Off),
                        new CheckSetting(CheckName.OrphanSequence, CheckSeverity.Critical),
                        new CheckSetting(CheckName.SequenceBehind, CheckSeverity.Warning),
                        new CheckSetting(CheckName.InsufficientPrivileges, CheckSeverity.Info)),
                List.of(),
                List.of(),
                List.of(),
                Metrics.DEFAULT);
        assertThat(MonitorPolicy.of(spec))
                .isEqualTo(new CheckPolicy(
                        new CheckPolicy.Thresholds(50, 60),
                        new CheckPolicy.Horizon(365, 7),
                        Map.of(
                                "OrphanSequence", Severity.Critical,
                                "SequenceBehind", Severity.Warning,
                                "InsufficientPrivileges", Severity.Info),
                        Set.of("SequenceUnowned")));
    }

    @Test
    void every_check_can_be_named_and_nothing_else() {
        assertThat(Stream.of(CheckName.values()).map(CheckName::name))
                .as("CheckName and Checks.ALL list the same checks in the same order")
                .containsExactlyElementsOf(Checks.ALL.stream().map(Check::name).toList());
    }
}
