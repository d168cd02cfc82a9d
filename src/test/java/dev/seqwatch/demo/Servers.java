package dev.seqwatch.demo;

import dev.seqwatch.cluster.LocalCluster;
import dev.seqwatch.cluster.RunFolder;
import dev.seqwatch.cluster.RunningOperator;
import dev.seqwatch.cluster.Tools;
import dev.seqwatch.testing.EmbeddedServers;
import dev.seqwatch.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The servers of the demo, which end however this process ends, but by SIGKILL: then their leashes do the same, and the next
 * run sweeps.
 */
final class Servers {
    private static final int MAJOR = 18;
    private static final int TRIES = 20;
    private static final List<String> PROGRAMS =
            List.of("kube-apiserver", "etcd", "kubectl", "prometheus", "alertmanager");

    private final String name;
    private final String java;
    private final Stage stage;
    private final Path folder;
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private State state = State.Running;

    private enum State {
        Running,
        Failed,
        Ending
    }

    /** What is done with them. */
    interface Use {
        void with(Story story) throws Exception;
    }

    private Servers(String name, String java, Stage stage) throws IOException {
        this.name = name;
        this.java = java;
        this.stage = stage;
        this.folder = Files.createDirectories(RunFolder.of(name));
    }

    /**
     * Starts them, uses them, and ends this process: with 1 and a line that says why where something fails.
     *
     * @param name of what uses them, and of the folder where they keep their files
     * @param java runs the operator
     */
    static void use(String name, String java, Stage stage, Use use) throws IOException {
        var servers = new Servers(name, java, stage);
        Runtime.getRuntime().addShutdownHook(new Thread(servers::end));
        try {
            use.with(servers.start());
            System.exit(0);
        } catch (Exception e) {
            servers.fail(e);
            System.exit(1);
        }
    }

    private Story start() throws Exception {
        stage.title("Asking a database");
        var postgres = stage.step("PostgreSQL " + MAJOR + ", with the database of a shop", this::database);
        Story.check(stage, postgres);
        stage.title("The same in Kubernetes");
        programs();
        var cluster = stage.step("a Kubernetes API server", this::cluster);
        Story.install(stage, cluster, postgres);
        var operator = operator(cluster);
        var onCall = OnCall.start(stage, operator, folder);
        atEnd(onCall::close);
        stage.await("the operator, with the rights of its own ServiceAccount", operator::ready);
        stage.await("Prometheus and Alertmanager", onCall.monitoring()::ready);
        return new Story(stage, cluster, postgres, operator, onCall);
    }

    private PostgresServer database() throws Exception {
        var server = EmbeddedServers.start(MAJOR);
        atEnd(() -> EmbeddedServers.stop(server));
        Story.execute(server, "postgres", "postgres", "CREATE DATABASE shop");
        Story.execute(
                server, "shop", "postgres", Files.readString(Tools.project().resolve("demo/shop.sql")));
        return server;
    }

    /** Builds what is missing of them, which takes minutes where nothing is cached. */
    private void programs() throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of(Tools.project().resolve("tools/build").toString()));
        command.addAll(PROGRAMS);
        var build = new ProcessBuilder(command).inheritIO().start();
        atEnd(build::destroy);
        if (!build.waitFor(2, TimeUnit.SECONDS)) {
            stage.say("This needs " + String.join(", ", PROGRAMS) + ".");
            stage.say("They are built from source the first time, which takes about five minutes on two cores.");
        }
        if (build.waitFor() != 0) {
            throw new IllegalStateException("the programs for the rest of the demo are missing, for the reason above");
        }
    }

    private LocalCluster cluster() {
        var cluster = LocalCluster.start(folder.resolve("cluster"));
        atEnd(cluster::close);
        return cluster;
    }

    private RunningOperator operator(LocalCluster cluster) throws IOException {
        var kubeconfig = cluster.kubeconfigOf("seqwatch-system", "seqwatch");
        var operator = RunningOperator.start(java, kubeconfig, folder.resolve("operator.log"));
        atEnd(operator::close);
        return operator;
    }

    /** The logs stay for whoever wants to know more, until the next run. */
    private synchronized void fail(Exception e) {
        if (state == State.Running) {
            state = State.Failed;
            System.err.println(name + ": " + e.getMessage() + " (logs are in " + folder + ")");
        }
    }

    private synchronized void atEnd(Runnable work) {
        ends.push(work);
    }

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
