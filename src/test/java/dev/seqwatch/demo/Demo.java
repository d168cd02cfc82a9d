package dev.seqwatch.demo;

import java.io.IOException;

/** {@code make demo}: a database with the classic failures, a Kubernetes API, the operator on both, and whom it wakes. */
public final class Demo {
    private Demo() {}

    /** Arguments: the java that runs the operator, and {@code terminal} to stay up until Ctrl-C. */
    public static void main(String[] arguments) throws IOException {
        var terminal = arguments.length > 1 && arguments[1].equals("terminal");
        var stage = new Stage(System.out, terminal);
        stage.say(
                "Five tables of a shop: four of them about to fail in ways that no test has shown. Seqwatch runs as it");
        stage.say("would in a cluster, and whoever is on call is paged, all on real servers that end with this demo.");
        Servers.use("demo", arguments[0], stage, story -> {
            story.tell();
            story.metrics();
            if (terminal) {
                story.invite();
                story.onCall().watch();
            }
        });
    }
}
