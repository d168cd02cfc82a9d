package dev.seqwatch.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** One PostgreSQL address (a host or a failover list), one set of credentials, many databases. */
@Group(SequenceMonitor.GROUP)
@Version(SequenceMonitor.VERSION)
@Singular("sequencemonitor")
@Plural(SequenceMonitor.PLURAL)
@ShortNames("seqmon")
@Categories("seqwatch")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Problem", jsonPath = ".status.problem", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Critical",
        jsonPath = ".status.summary.critical",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Warning",
        jsonPath = ".status.summary.warning",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Highest %",
        jsonPath = ".status.summary.highestUsedPercent",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Databases",
        jsonPath = ".status.summary.databases",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Last inspection",
        jsonPath = ".status.lastInspectionTime",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class SequenceMonitor extends CustomResource<SequenceMonitorSpec, SequenceMonitorStatus> implements Namespaced {
    public static final String GROUP = "seqwatch.dev";
    public static final String VERSION = "v1alpha1";
    public static final String PLURAL = "sequencemonitors";

    /**
     * Fields of the spec that this version cannot read, because they were written under another definition; not part of
     * the resource.
     */
    @JsonIgnore
    private List<String> unreadable = List.of();

    @Override
    @Required
    @JsonPropertyDescription("What to watch, how often, and what to report.")
    public SequenceMonitorSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What the last inspection found. Written by the operator alone.")
    public SequenceMonitorStatus getStatus() {
        return super.getStatus();
    }

    /** Fields of the spec that could not be read, such as {@code spec.checks[0].name}. */
    public List<String> unreadable() {
        return unreadable;
    }

    public void unreadable(List<String> fields) {
        unreadable = List.copyOf(fields);
    }
}
