package dev.seqwatch.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.seqwatch.api.v1alpha1.ConnectionSpec;
import dev.seqwatch.api.v1alpha1.SequenceMonitor;
import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets the operator's client read a monitor that was written under another definition: one value that is not understood
 * would otherwise end the watch of all monitors. Fields that are not known are left out. A value of the spec that is not
 * understood is noted in {@link SequenceMonitor#unreadable}, so that the monitor says so; one of the status is dropped,
 * because the operator writes it anew.
 */
@Singleton
final class TolerantMapper implements KubernetesClientObjectMapperCustomizer {
    private static final String ROOT = SequenceMonitor.class.getName();
    private static final String SPEC = "/spec";

    /** While a monitor is read. */
    private record Reading(String root, List<String> unreadable) {}

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.registerModule(new SimpleModule("tolerant")
                .setDeserializerModifier(new OfMonitors())
                .addDeserializer(
                        Integer.class, new Whole<>(new NumberDeserializers.IntegerDeserializer(Integer.class, null)))
                .addDeserializer(Long.class, new Whole<>(new NumberDeserializers.LongDeserializer(Long.class, null))));
        mapper.addHandler(new Tolerance());
    }

    /** Whether a monitor is being read; other resources are read as strictly as before. */
    private static boolean note(DeserializationContext context, JsonParser parser) {
        if (!(context.getAttribute(ROOT) instanceof Reading reading)) {
            return false;
        }
        var path = parser.getParsingContext().pathAsPointer().toString();
        var own = path.startsWith(reading.root) ? path.substring(reading.root.length()) : path;
        if (own.startsWith(SPEC)) {
            reading.unreadable.add(field(own));
        }
        return true;
    }

    /** {@code /spec/checks/0/name} as {@code spec.checks[0].name}. */
    private static String field(String pointer) {
        return pointer.substring(1).replaceAll("/([0-9]+)(?=/|$)", "[$1]").replace('/', '.');
    }

    private static final class OfMonitors extends BeanDeserializerModifier {
        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
            return description.getBeanClass() == SequenceMonitor.class ? new OfMonitor(deserializer) : deserializer;
        }
    }

    private static final class OfMonitor extends DelegatingDeserializer {
        OfMonitor(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new OfMonitor(delegate);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var start = parser.currentToken() == JsonToken.START_OBJECT
                    ? parser.getParsingContext().getParent()
                    : parser.getParsingContext();
            var root = start == null ? "" : start.pathAsPointer().toString();
            var reading = new Reading(root, new ArrayList<>());
            context.setAttribute(ROOT, reading);
            try {
                var read = super.deserialize(parser, context);
                if (read instanceof SequenceMonitor monitor) {
                    if (monitor.getSpec() == null) {
                        monitor.setSpec(SequenceMonitorSpec.of(ConnectionSpec.of("", ConnectionSpec.DEFAULT_PORT, "")));
                        reading.unreadable.add("spec");
                    }
                    monitor.unreadable(reading.unreadable);
                }
                return read;
            } finally {
                context.setAttribute(ROOT, null);
            }
        }
    }

    /** Numbers that are too large are the parser's error, which no handler hears of. */
    private static final class Whole<N extends Number> extends JsonDeserializer<N> {
        private final JsonDeserializer<N> strict;

        Whole(JsonDeserializer<N> strict) {
            this.strict = strict;
        }

        @Override
        public @Nullable N deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return strict.deserialize(parser, context);
            } catch (InputCoercionException e) {
                if (note(context, parser)) {
                    return null;
                }
                throw e;
            }
        }
    }

    private static final class Tolerance extends DeserializationProblemHandler {
        @Override
        public @Nullable Object handleWeirdStringValue(
                DeserializationContext context, Class<?> type, String value, String problem) {
            return note(context, context.getParser()) ? nothing(type) : NOT_HANDLED;
        }

        @Override
        public @Nullable Object handleWeirdNumberValue(
                DeserializationContext context, Class<?> type, Number value, String problem) {
            return note(context, context.getParser()) ? nothing(type) : NOT_HANDLED;
        }

        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, String problem)
                throws IOException {
            if (!note(context, parser)) {
                return NOT_HANDLED;
            }
            parser.skipChildren();
            return nothing(type.getRawClass());
        }

        @Override
        public @Nullable Object handleMissingInstantiator(
                DeserializationContext context,
                Class<?> type,
                @Nullable ValueInstantiator instantiator,
                JsonParser parser,
                String problem)
                throws IOException {
            if (!note(context, parser)) {
                return NOT_HANDLED;
            }
            parser.skipChildren();
            return nothing(type);
        }

        @Override
        public @Nullable Object handleInstantiationProblem(
                DeserializationContext context, Class<?> type, Object argument, Throwable problem) {
            return note(context, context.getParser()) ? nothing(type) : NOT_HANDLED;
        }

        private static @Nullable Object nothing(Class<?> type) {
            return type == boolean.class ? Boolean.FALSE : null;
        }
    }
}
