package dev.seqwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies are as their source is; where not, `make manifests` makes them so. */
class CopiesIT {
    @ParameterizedTest
    @CsvSource({
        "crds/sequencemonitors.seqwatch.dev-v1.yaml, deploy/helm/seqwatch/files/crd.yaml",
        "deploy/alerts/rules.yaml, deploy/helm/seqwatch/files/rules.yaml",
        "grafana/fleet.json, deploy/helm/seqwatch/files/dashboards/fleet.json",
        "grafana/database.json, deploy/helm/seqwatch/files/dashboards/database.json"
    })
    void a_copy_is_current(String source, String copy) {
        assertThat(Manifest.text(copy)).as("run make manifests").isEqualTo(Manifest.text(source));
    }

    @Test
    void the_plain_rules_are_those_of_the_resource() {
        var resource = Manifest.file("deploy/base/alerts.yaml").getFirst();
        var plain = Manifest.file("deploy/alerts/rules.yaml").getFirst();
        assertThat(plain.at("/groups")).as("run make manifests").isEqualTo(resource.at("/spec/groups"));
    }

    @Test
    void every_dashboard_is_copied() {
        assertThat(Stream.of("grafana", "deploy/helm/seqwatch/files/dashboards")
                        .map(folder -> Manifest.files(folder, ".json").stream()
                                .map(file -> file.getFileName().toString())
                                .toList())
                        .distinct())
                .hasSize(1);
    }
}
