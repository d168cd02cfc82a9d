package dev.seqwatch.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.seqwatch.report.Causes;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.logging.LoggingFilter;
import java.io.IOException;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Tells a failure of the Kubernetes API, or of the way to it, in one line: its message says all, and the stack that the
 * libraries log with it helps nobody who installs an operator. What is not such a failure keeps its stack.
 */
@LoggingFilter(name = "brief-failures")
public final class StackTraceFilter implements Filter {
    private static final Formatter MESSAGE = new PatternFormatter("%s");

    @Override
    public boolean isLoggable(LogRecord record) {
        var thrown = record.getThrown();
        if (thrown != null && record instanceof ExtLogRecord told && ofTheCluster(thrown)) {
            told.setMessage(
                    MESSAGE.format(told) + ": " + Causes.words(Causes.root(thrown)),
                    ExtLogRecord.FormatStyle.NO_FORMAT);
            told.setThrown(null);
        }
        return true;
    }

    private static boolean ofTheCluster(Throwable thrown) {
        return Stream.<Throwable>iterate(thrown, each -> each != null, Throwable::getCause)
                .anyMatch(each -> each instanceof KubernetesClientException
                        || (each instanceof IOException && !(each instanceof JsonProcessingException)));
    }
}
