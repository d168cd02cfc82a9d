package dev.seqwatch.check;

import dev.seqwatch.sequence.ColumnName;
import dev.seqwatch.sequence.Draw;
import dev.seqwatch.sequence.Snapshot;
import dev.seqwatch.sequence.Sql;
import java.util.stream.Stream;

/** {@code DEFAULT nextval('x'::text)}: another search_path means another sequence, or none (manual, section 9.17). */
final class LateBoundDefault implements Check {
    @Override
    public Stream<Finding> examine(Snapshot snapshot, Policy policy, History history) {
        var bound = snapshot.sequences().stream()
                .flatMap(watched -> watched.consumers().stream()
                        .filter(consumer -> consumer.draw() == Draw.LateBound)
                        .map(consumer -> finding(
                                Severity.Warning,
                                Subject.of(watched.name()).column(consumer.column()),
                                message(consumer.column()) + " Here it most likely means %s.".formatted(watched.name()),
                                new Script()
                                        .statement("ALTER TABLE %s ALTER COLUMN %s SET DEFAULT nextval(%s::regclass)"
                                                .formatted(
                                                        consumer.column()
                                                                .table()
                                                                .sql(),
                                                        consumer.column().sql(),
                                                        Sql.literal(watched.name()
                                                                        .sql())
                                                                .strip()))
                                        .toString())));
        var unresolved = snapshot.unresolved().stream()
                .map(draw -> finding(
                        Severity.Warning,
                        new Subject(
                                draw.column().table().schema(),
                                null,
                                draw.column().table(),
                                draw.column().column(),
                                null),
                        message(draw.column())
                                + " No sequence was found for it (%s), so its headroom is not known. Decide which sequence is meant, and set the default to nextval('…'::regclass)."
                                        .formatted(draw.expression())));
        return Stream.concat(bound, unresolved);
    }

    private static String message(ColumnName column) {
        return "The default of %s names its sequence by a text that search_path resolves at every insert: a session with another search_path fails or draws from another sequence, and PostgreSQL lets the sequence be dropped or renamed."
                .formatted(column);
    }
}
