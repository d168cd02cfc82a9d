package dev.seqwatch.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.cluster.Tools;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrdFileTest {
    @Test
    void the_committed_file_is_what_the_records_say() {
        assertThat(Tools.project().resolve("crds").resolve(CrdFile.NAME))
                .as("crds/%s is stale: run `make crds` and commit what it writes", CrdFile.NAME)
                .content()
                .isEqualTo(CrdFile.text());
    }

    @Test
    void the_page_about_the_resource_agrees_with_the_definition() throws IOException {
        var page = Files.readString(Tools.project().resolve(MonitorReference.PAGE));
        assertThat(page)
                .as("%s is stale: run `make crds` and commit what it writes", MonitorReference.PAGE)
                .isEqualTo(MonitorReference.text(page));
    }

    @Test
    void every_field_is_described() {
        var version = Serialization.unmarshal(CrdFile.text(), CustomResourceDefinition.class)
                .getSpec()
                .getVersions()
                .getFirst();
        assertThat(undescribed("", version.getSchema().getOpenAPIV3Schema())).isEmpty();
    }

    private static Stream<String> undescribed(String path, JSONSchemaProps schema) {
        if (schema.getItems() != null) {
            return undescribed(path + "[]", schema.getItems().getSchema());
        }
        return schema.getProperties() == null
                ? Stream.empty()
                : schema.getProperties().entrySet().stream().flatMap(field -> {
                    var name = path + "." + field.getKey();
                    var own = field.getValue().getDescription() == null ? Stream.of(name) : Stream.<String>empty();
                    return Stream.concat(own, undescribed(name, field.getValue()));
                });
    }
}
