package dev.seqwatch.demo;

import dev.seqwatch.deploy.Dashboard;
import dev.seqwatch.picture.Board;
import dev.seqwatch.picture.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Draws the dashboards with the data of the demo's servers, on which a shop works for some minutes. */
public final class Pictures {
    private static final String ALL = ".*";

    private Pictures() {}

    /** Arguments: the java that runs the operator, where the pictures go, and for how many minutes the shop works. */
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[1]);
        var time = Duration.ofMinutes(Long.parseLong(arguments[2]));
        var stage = new Stage(System.out, false);
        Servers.use("dashboards", arguments[0], stage, story -> {
            var from = Instant.now();
            stage.title("A shop at work for " + time.toMinutes() + " minutes");
            stage.step(
                    "the first half, in which no order goes through", () -> work(story, from.plus(time.dividedBy(2))));
            story.fixOrders();
            stage.step("the second half, in which all do", () -> work(story, from.plus(time)));
            for (var dashboard : Dashboard.all().toList()) {
                var variables = Map.of(
                        "namespace", "shop", "monitor", "shop", "database", "shop", "schema", ALL, "sequence", ALL);
                var shown = new Shown(story.onCall().monitoring().prometheus(), variables, from, Instant.now());
                var file = folder.resolve(dashboard.name() + ".svg");
                Files.writeString(file, Board.drawn(dashboard, shown));
                stage.say("drawn: " + file);
            }
        });
    }

    private static Instant work(Story story, Instant end) throws Exception {
        var trade = new Trade(story.postgres());
        for (var next = Instant.now(); next.isBefore(end); next = next.plusSeconds(1)) {
            trade.second();
            Thread.sleep(Math.max(
                    0, Duration.between(Instant.now(), next.plusSeconds(1)).toMillis()));
        }
        return end;
    }
}
