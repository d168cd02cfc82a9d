package dev.seqwatch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One database as one inspection read it.
 *
 * @param blindSchemas schemas that our role has no USAGE on
 * @param lateBound late-bound defaults whose sequence is not known, or is one of several of its name
 * @param unknownCalls calls of nextval whose sequence is not known
 * @param counting since when its cumulative statistics count; null where nothing tells
 * @param references every column of a foreign key, whatever feeds the key
 * @param integerColumns smallint and integer columns, whether or not a sequence feeds them
 * @param unknown facts that could not be read, each once: what is missing here may be there
 */
public record DatabaseState(
        String database,
        Server server,
        Instant takenAt,
        Duration took,
        List<WatchedSequence> sequences,
        Set<String> blindSchemas,
        List<LateBound> lateBound,
        List<UnknownCall> unknownCalls,
        List<DefaultGrant> defaultGrants,
        @Nullable StatsReset counting,
        List<Reference> references,
        IntegerColumns integerColumns,
        List<UnknownFact> unknown) {
    public DatabaseState {
        sequences = List.copyOf(sequences);
        blindSchemas = Set.copyOf(blindSchemas);
        lateBound = List.copyOf(lateBound);
        unknownCalls = List.copyOf(unknownCalls);
        defaultGrants = List.copyOf(defaultGrants);
        references = List.copyOf(references);
        unknown = List.copyOf(unknown);
    }

    /** Without foreign keys and integer columns; every fact is known. */
    public DatabaseState(
            String database,
            Server server,
            Instant takenAt,
            Duration took,
            List<WatchedSequence> sequences,
            Set<String> blindSchemas,
            List<LateBound> lateBound,
            List<DefaultGrant> defaultGrants,
            @Nullable StatsReset counting) {
        this(
                database,
                server,
                takenAt,
                took,
                sequences,
                blindSchemas,
                lateBound,
                List.of(),
                defaultGrants,
                counting,
                List.of(),
                IntegerColumns.NONE,
                List.of());
    }

    public DatabaseState withUnknown(List<UnknownFact> facts) {
        return new DatabaseState(
                database,
                server,
                takenAt,
                took,
                sequences,
                blindSchemas,
                lateBound,
                unknownCalls,
                defaultGrants,
                counting,
                references,
                integerColumns,
                facts);
    }

    /** Whether a missing entry proves that there is none. */
    public boolean knows(Fact fact) {
        return unknown.stream().noneMatch(each -> each.fact() == fact);
    }

    /** Those of these facts that are not known. */
    public List<UnknownFact> unknownAmong(Collection<Fact> facts) {
        return unknown.stream().filter(each -> facts.contains(each.fact())).toList();
    }

    /**
     * What is known of all smallint and integer columns.
     *
     * @param beyondHalf those whose largest known value lies beyond half of the type
     * @param unread those that have no statistics, and values that were not read
     */
    public record IntegerColumns(List<IntegerColumn> beyondHalf, UnreadColumns unread) {
        public static final IntegerColumns NONE = new IntegerColumns(List.of(), UnreadColumns.NONE);

        public IntegerColumns {
            beyondHalf = List.copyOf(beyondHalf);
        }
    }

    /**
     * A default that calls nextval on a text, for which no sequence or more than one was found.
     *
     * @param candidates all sequences of the name that the text has, whatever their schema
     */
    public record LateBound(ColumnName column, String expression, List<RelationName> candidates) {
        public LateBound {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * A call of nextval whose sequence the text of the caller does not show.
     *
     * @param caller as a message names it: {@code function public.f}
     * @param table whose INSERT runs it; null where none is known
     * @param column that it fills; null where none is known
     * @param reason why it is not known
     */
    public record UnknownCall(
            String caller,
            @Nullable RelationName table,
            @Nullable String column,
            NotCheckedReason reason) {
        /** Code whose text does not show the sequence. */
        public UnknownCall(String caller, @Nullable RelationName table, @Nullable String column) {
            this(caller, table, column, NotCheckedReason.UnknownCall);
        }
    }

    /**
     * Default privileges that give INSERT on future tables without a way to call future sequences.
     *
     * @param creator the role whose new objects are meant
     * @param schema null where they hold in every schema
     * @param grantees who may insert, {@link InsertGrant#PUBLIC} for everyone
     */
    public record DefaultGrant(String creator, @Nullable String schema, List<String> grantees) {
        public DefaultGrant {
            grantees = List.copyOf(grantees);
        }
    }
}
