package dev.seqwatch.config;

import dev.seqwatch.api.v1alpha1.IgnoreSpec;
import dev.seqwatch.check.Finding;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Findings that a monitor's author has decided to live with.
 *
 * @param objects patterns of what they are about, as {@link Globs} reads them
 * @param checks patterns of the checks that find them
 * @param until the last day, in UTC; null where there is none
 */
public record Ignore(
        List<String> objects,
        List<String> checks,
        String reason,
        @Nullable LocalDate until) {
    public Ignore {
        objects = List.copyOf(objects);
        checks = List.copyOf(checks);
    }

    /** Of a spec without {@link SpecValidator}. */
    static Ignore of(IgnoreSpec spec) {
        var until = spec.until() == null ? null : date(spec.until()).orElseThrow();
        return new Ignore(spec.objects(), spec.checks(), spec.reason().strip(), until);
    }

    /** A day of the calendar, written as 2027-03-31; empty where the text is none. */
    static Optional<LocalDate> date(String text) {
        try {
            return text.length() == 10 ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    public boolean expired(Instant now) {
        return until != null && LocalDate.ofInstant(now, ZoneOffset.UTC).isAfter(until);
    }

    /** Whether it is about this finding, expired or not. */
    public boolean matches(String database, Finding finding) {
        return checks.stream().anyMatch(pattern -> Globs.matches(pattern, finding.check()))
                && names(database, finding)
                        .anyMatch(name -> objects.stream().anyMatch(pattern -> Globs.matches(pattern, name)));
    }

    /** What a finding goes by: its sequence, its table and its column, or else its schema and role, or else its database. */
    private static Stream<String> names(String database, Finding finding) {
        var subject = finding.subject();
        var table = subject.table();
        var sequence = subject.sequence() == null ? null : subject.schema() + "." + subject.sequence();
        if (sequence == null && table == null && subject.schema() == null && subject.role() == null) {
            return Stream.of(database);
        }
        var names = sequence == null && table == null
                ? Stream.of(subject.schema(), subject.role())
                : Stream.of(
                        sequence,
                        table == null ? null : table.toString(),
                        table == null || subject.column() == null
                                ? null
                                : table.column(subject.column()).toString());
        return names.flatMap(Stream::ofNullable).map(name -> database + "." + name);
    }
}
