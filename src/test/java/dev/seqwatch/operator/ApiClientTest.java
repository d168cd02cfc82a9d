package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ApiClientTest {
    @Test
    void a_log_line_has_the_reason_of_a_failure_and_not_the_whole_answer() {
        var refusal = new StatusBuilder()
                .withCode(422)
                .withMessage("sequencemonitors.seqwatch.dev \"shop\" is forbidden: no status today")
                .build();
        assertThat(ApiClient.reason(new KubernetesClientException("Failure executing: PATCH …", 422, refusal)))
                .isEqualTo(refusal.getMessage());
        assertThat(ApiClient.reason(
                        new KubernetesClientException("An error has occurred.", new IOException("Connection refused"))))
                .isEqualTo("IOException: Connection refused");
        assertThat(ApiClient.reason(new KubernetesClientException("no more"))).isEqualTo("no more");
    }
}
