package dev.seqwatch.report.metrics;

/** A monitor in its cluster. */
public record MonitorName(String namespace, String name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
