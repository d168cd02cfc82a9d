package dev.seqwatch.api.v1alpha1;

import io.fabric8.kubernetes.client.utils.Serialization;

/** Monitors as people write them; a spec is given in flow style, on one line. */
public final class MonitorYaml {
    private MonitorYaml() {}

    static String of(String name, String spec) {
        return """
                apiVersion: seqwatch.dev/v1alpha1
                kind: SequenceMonitor
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec);
    }

    public static SequenceMonitorSpec parse(String spec) {
        return Serialization.unmarshal(of("parsed", spec), SequenceMonitor.class)
                .getSpec();
    }
}
