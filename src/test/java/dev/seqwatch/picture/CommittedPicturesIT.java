package dev.seqwatch.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.cluster.Tools;
import dev.seqwatch.deploy.Dashboard;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommittedPicturesIT {
    static Stream<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void the_picture_in_the_readme_shows_every_panel_that_there_is(Dashboard dashboard) throws IOException {
        var picture = Files.readString(Tools.project().resolve("docs/" + dashboard.name() + ".svg"));
        assertThat(dashboard.titles())
                .as("panels that docs/%s.svg lacks: draw it anew by docs/dashboards", dashboard)
                .allSatisfy(title -> assertThat(picture).contains(title.substring(0, Math.min(15, title.length()))));
    }
}
