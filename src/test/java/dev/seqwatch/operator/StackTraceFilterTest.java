package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** What the log keeps of an exception. */
class StackTraceFilterTest {
    @Test
    void an_api_server_that_is_not_there_is_one_line() {
        var told = told(new CompletionException(new ConnectException("Connection refused: /10.0.0.1:443")));
        assertThat(told.getThrown()).isNull();
        assertThat(told.getMessage()).isEqualTo("no % list: Connection refused: /10.0.0.1:443");
    }

    @Test
    void an_answer_of_the_api_server_too() {
        assertThat(told(new KubernetesClientException("not found")).getMessage())
                .isEqualTo("no % list: not found");
    }

    @Test
    void a_bug_keeps_its_stack() {
        assertThat(told(new IllegalStateException("bug")).getThrown()).isNotNull();
    }

    private static ExtLogRecord told(Throwable thrown) {
        var told = new ExtLogRecord(Level.WARNING, "no % list", "library");
        told.setThrown(thrown);
        assertThat(new StackTraceFilter().isLoggable(told)).isTrue();
        return told;
    }
}
