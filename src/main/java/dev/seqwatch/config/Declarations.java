package dev.seqwatch.config;

import dev.seqwatch.api.v1alpha1.SequenceMonitorSpec;
import dev.seqwatch.postgres.catalog.Scope;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Predicate;

/** What a monitor's author knows and no catalog tells, in the order of the spec. */
public record Declarations(List<Limit> limits, List<Link> links, List<Ignore> ignores) {
    public static final Declarations NONE = new Declarations(List.of(), List.of(), List.of());

    public Declarations {
        limits = List.copyOf(limits);
        links = List.copyOf(links);
        ignores = List.copyOf(ignores);
    }

    /** A bound that no type knows of, in one of the databases. */
    public record Limit(String database, Scope.DeclaredLimit limit) {}

    /** A column that an application feeds by itself, or one that is denied to be fed, in one of the databases. */
    public record Link(String database, Scope.Link link, boolean related) {
        public Link(String database, Scope.Link link) {
            this(database, link, true);
        }
    }

    /** Of a spec without {@link SpecValidator}. */
    static Declarations of(SequenceMonitorSpec spec) {
        return new Declarations(
                spec.limits().stream()
                        .map(limit -> {
                            var column = CatalogName.ofColumn(limit.column()).orElseThrow();
                            return new Limit(
                                    column.database(),
                                    new Scope.DeclaredLimit(
                                            column.column(),
                                            new BigInteger(limit.max()),
                                            limit.reason().strip()));
                        })
                        .toList(),
                spec.links().stream()
                        .map(link -> {
                            var sequence =
                                    CatalogName.ofRelation(link.sequence()).orElseThrow();
                            var column = CatalogName.ofColumn(link.column())
                                    .orElseThrow()
                                    .column();
                            return new Link(
                                    sequence.database(), new Scope.Link(sequence.relation(), column), link.related());
                        })
                        .toList(),
                spec.ignore().stream().map(Ignore::of).toList());
    }

    private List<Scope.Link> links(String database, boolean related) {
        return links.stream()
                .filter(link -> link.database().equals(database) && link.related() == related)
                .map(Link::link)
                .toList();
    }

    /** What of one database is looked at, with what is declared of it. */
    Scope scope(String database, Predicate<String> schemas) {
        return new Scope(
                schemas,
                links(database, true),
                links(database, false),
                limits.stream()
                        .filter(limit -> limit.database().equals(database))
                        .map(Limit::limit)
                        .toList());
    }
}
