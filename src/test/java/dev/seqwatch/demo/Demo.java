package dev.seqwatch.demo;

import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.RunFolder;
import dev.seqwatch.cluster.RunningOperator;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.testing.EmbeddedServers;
import dev.seqwatch.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/** {@code make demo}: a database with the classic failures, a Kubernetes API, the operator on both, and whom it wakes. */
public final class Demo {
    private static final int MAJOR = 18;
    private static final int TRIES = 20;

    private final Stage stage;
    private final Path folder;
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private State state = State.Running;

    private enum State {
        Running,
        Failed,
        Ending
    }

    private Demo(Stage stage, Path folder) {
        this.stage = stage;
        this.folder = folder;
    }

    /** Arguments: the java that runs the operator, and {@code terminal} to stay up until Ctrl-C. */
    public static void main(String[] arguments) throws Exception {
        var terminal = arguments.length > 1 && arguments[1].equals("terminal");
        var folder = Files.createDirectories(RunFolder.of("demo"));
        var demo = new Demo(new Stage(System.out, terminal), folder);
        Runtime.getRuntime().addShutdownHook(new Thread(demo::end));
        try {
            demo.run(arguments[0], terminal);
            System.exit(0);
        } catch (Exception e) {
            demo.fail(e);
            System.exit(1);
        }
    }

    private void run(String java, boolean stay) throws Exception {
        stage.say(
                "Five tables of a shop: four of them about to fail in ways that no test has shown. Seqwatch runs as it");
        stage.say("would in a cluster, and whoever is on call is paged, all on real servers that end with this demo.");
        stage.title("Starting real servers");
        var postgres = stage.step("PostgreSQL " + MAJOR + ", with the database of a shop", this::database);
        var cluster = stage.step("a Kubernetes API server", this::cluster);
        Story.install(stage, cluster, postgres);
        var operator = operator(java, cluster);
        var onCall = OnCall.start(stage, operator, folder);
        atEnd(onCall::close);
        stage.await("the operator, with the rights of its own ServiceAccount", operator::ready);
        stage.await("Prometheus and Alertmanager", onCall.monitoring()::ready);
        var story = new Story(stage, cluster, postgres, operator, onCall);
        story.tell();
        story.metrics();
        if (stay) {
            story.invite();
            new CountDownLatch(1).await();
        }
    }

    private PostgresServer database() throws Exception {
        var server = EmbeddedServers.start(MAJOR);
        atEnd(() -> EmbeddedServers.stop(server));
        Story.execute(server, "postgres", "postgres", "CREATE DATABASE shop");
        Story.execute(
                server, "shop", "postgres", Files.readString(Tools.project().resolve("demo/shop.sql")));
        return server;
    }

    private LocalCluster cluster() {
        var cluster = LocalCluster.start(folder.resolve("cluster"));
        atEnd(cluster::close);
        return cluster;
    }

    private RunningOperator operator(String java, LocalCluster cluster) throws Exception {
        var kubeconfig = cluster.kubeconfigOf("seqwatch-system", "seqwatch");
        var operator = RunningOperator.start(java, kubeconfig, folder.resolve("operator.log"));
        atEnd(operator::close);
        return operator;
    }

    /** The logs stay for whoever wants to know more, until the next run. */
    private synchronized void fail(Exception e) {
        if (state == State.Running) {
            state = State.Failed;
            System.err.println("demo: " + e.getMessage() + " (logs are in " + folder + ")");
        }
    }

    private synchronized void atEnd(Runnable work) {
        ends.push(work);
    }

    /** However this ends, but by SIGKILL: then the leashes of the servers do the same, and the next run sweeps. */
    private synchronized void end() {
        var failed = state == State.Failed;
        state = State.Ending;
        ends.forEach(Runnable::run);
        for (var tries = 0; !failed && Files.exists(folder) && tries < TRIES; tries++) {
            // the story may be at a kubectl, which writes there
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            RunFolder.delete(folder);
        }
    }
}
