package dev.seqwatch.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What speaks for a link between a sequence that nothing is seen to call and a key without a source of ids. Pure. */
public final class LinkEvidence {
    /** Names that Hibernate gives to the one sequence of a whole schema. */
    private static final Set<String> FOR_ALL = Set.of("hibernate_sequence", "hibernate_seq");

    private static final Pattern SUFFIX = Pattern.compile("_?(?:seq|sequence|sq)$");
    private static final Pattern PREFIX = Pattern.compile("^(?:seq|sequence|sq|s)_");

    /** Before a name that fits in the singular and in the plural; no name holds it. */
    private static final String ANY_NUMBER = "\0";

    private static final BigDecimal FEWEST = BigDecimal.valueOf(1_000);

    private LinkEvidence() {}

    /** How stored ids compare with a position. */
    public enum Ids {
        /** There are none. */
        None,
        /** The farthest is one that the sequence gave not long ago, or lies in the block that follows its position. */
        Agree,
        /** The farthest lies far before the position. */
        FarBefore,
        /** The farthest lies ahead of what the sequence can have given. */
        Ahead,
        /** The ids or the position could not be read. */
        Unknown
    }

    /** Whether a sequence bears the name of one that feeds every table of its schema. */
    public static boolean feedsAll(RelationName sequence) {
        return FOR_ALL.contains(sequence.name().toLowerCase(Locale.ROOT));
    }

    /**
     * The parts of a sequence's name that may be the name of a key. Names fit where one of them is in {@link #namesOf} the
     * key, so that tens of thousands of both can be matched by a map. Empty where the name has no such part.
     */
    public static Set<String> stems(String sequence) {
        var name = sequence.toLowerCase(Locale.ROOT);
        var stem = SUFFIX.matcher(name).find()
                ? SUFFIX.matcher(name).replaceFirst("")
                : PREFIX.matcher(name).find() ? PREFIX.matcher(name).replaceFirst("") : "";
        return stem.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(stem, ANY_NUMBER + singular(stem)));
    }

    /** The names that a sequence of a key may have, without what says that it is a sequence. */
    public static Set<String> namesOf(String table, String column) {
        var of = table.toLowerCase(Locale.ROOT);
        var key = column.toLowerCase(Locale.ROOT);
        var names = new LinkedHashSet<>(
                List.of(ANY_NUMBER + singular(of), of + "_" + key, singular(of) + "_" + key, singular(of) + "_id"));
        if (!key.equals("id")) {
            names.add(key);
        }
        return names;
    }

    private static String singular(String name) {
        return name.length() > 3 && name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }

    /**
     * Compares the farthest stored id with the position. An application that takes blocks of INCREMENT values by one call
     * stores ids up to one less than a block ahead of it. Restarts of the application and rolled-back inserts lose ids: a
     * tenth of all that were given, or a thousand calls, may be missing.
     *
     * @param farthest the largest id, the smallest where the sequence descends; null where there is none
     */
    public static Ids compare(Sequence sequence, Position position, @Nullable BigDecimal farthest) {
        return switch (position) {
            case Position.Unreadable _ -> Ids.Unknown;
            case Position.NeverCalled(var next) ->
                farthest == null
                        ? Ids.None
                        : signed(farthest.subtract(new BigDecimal(next)), sequence)
                                                .signum()
                                        >= 0
                                ? Ids.Ahead
                                : Ids.FarBefore;
            case Position.At(var last) -> farthest == null ? Ids.None : compare(sequence, last, farthest);
        };
    }

    private static Ids compare(Sequence sequence, BigInteger last, BigDecimal farthest) {
        var step = new BigDecimal(sequence.increment().abs());
        var before = signed(new BigDecimal(last).subtract(farthest), sequence);
        if (before.negate().compareTo(step) >= 0) {
            return Ids.Ahead;
        }
        var given = signed(new BigDecimal(last.subtract(sequence.start())), sequence);
        var missing = FEWEST.multiply(step).max(given.movePointLeft(1));
        return before.compareTo(missing) <= 0 ? Ids.Agree : Ids.FarBefore;
    }

    private static BigDecimal signed(BigDecimal distance, Sequence sequence) {
        return sequence.ascending() ? distance : distance.negate();
    }
}
