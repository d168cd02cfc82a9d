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
                "The database of a shop with five tables: inserts into four of them fail now or will fail soon. Seqwatch");
        stage.say("runs as in a cluster and sends alerts, all on real servers that end with this demo.");
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
