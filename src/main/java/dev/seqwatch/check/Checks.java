package dev.seqwatch.check;

import dev.seqwatch.forecast.DatabaseHistory;
import dev.seqwatch.model.DatabaseState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All checks there are, and the one way to run them. */
public final class Checks {
    public static final List<Check> ALL = List.of(
            new SequenceExhaustion(),
            new ExhaustionForecast(),
            new ColumnNearLimit(),
            new PartitionsNearEnd(),
            new ColumnNarrowerThanSequence(),
            new SequenceNarrowerThanColumn(),
            new ReferenceNarrowerThanKey(),
            new CyclingKey(),
            new SequenceBehind(),
            new UnloggedSequence(),
            new SequenceUnowned(),
            new SequenceOwnedElsewhere(),
            new OwnerMismatch(),
            new SharedSequence(),
            new DefaultBySearchPath(),
            new OrphanSequence(),
            new InsertWithoutUsage(),
            new DefaultPrivilegesGap(),
            new InsufficientPrivileges(),
            new KeyNotUnique(),
            new KeyNotBigint(),
            new SerialInsteadOfIdentity(),
            new IdentityByDefault(),
            new IdBurn());

    private static final Map<String, Check> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Check::name, check -> check));

    private Checks() {}

    /** Empty for a name that this version does not know. */
    static Optional<Check> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Checks that miss a fact, in the order of {@link #ALL}: that they find nothing proves nothing. */
    public static List<UnjudgedCheck> unjudged(DatabaseState state, CheckPolicy policy) {
        return ALL.stream()
                .filter(check -> !policy.off().contains(check.name()))
                .flatMap(check ->
                        state.unknownAmong(check.needs()).stream().map(cause -> new UnjudgedCheck(check.name(), cause)))
                .toList();
    }

    /** Findings worst first. */
    public static List<Finding> run(DatabaseState state, CheckPolicy policy, DatabaseHistory history) {
        var note = UseNote.of(state);
        return ALL.stream()
                .filter(check -> !policy.off().contains(check.name()))
                .flatMap(check -> check.examine(state, policy, history))
                .map(policy::judge)
                .flatMap(finding -> note.with(finding).stream())
                .sorted(Finding.WORST_FIRST)
                .toList();
    }
}
