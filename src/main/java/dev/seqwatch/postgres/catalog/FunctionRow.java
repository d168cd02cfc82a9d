package dev.seqwatch.postgres.catalog;

import dev.seqwatch.postgres.nextval.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A function or procedure.
 *
 * @param source its text; null where it could not be read
 * @param owner oid of the role whose rights it has if it is SECURITY DEFINER
 * @param member whether an extension brought it
 * @param idle whether only a trigger could call it and no trigger that is enabled does
 * @param code what the text calls; null where its language is not read or its text is not known
 * @param searchPath as its own SET clause writes it; null without one
 */
public record FunctionRow(
        long oid,
        String schema,
        String name,
        String language,
        @Nullable String source,
        boolean securityDefiner,
        long owner,
        List<String> argumentNames,
        @Nullable String searchPath,
        boolean member,
        boolean idle,
        @Nullable Code code) {
    public FunctionRow {
        argumentNames = List.copyOf(argumentNames);
    }

    public FunctionRow(
            long oid,
            String schema,
            String name,
            String language,
            @Nullable String source,
            boolean securityDefiner,
            long owner,
            List<String> argumentNames,
            @Nullable String searchPath,
            boolean member,
            boolean idle) {
        this(
                oid,
                schema,
                name,
                language,
                source,
                securityDefiner,
                owner,
                argumentNames,
                searchPath,
                member,
                idle,
                code(language, source, argumentNames));
    }

    private static @Nullable Code code(String language, @Nullable String source, List<String> argumentNames) {
        if (source == null || source.length() >= FunctionQuery.LONGEST) {
            return null;
        }
        return switch (language) {
            case "plpgsql" -> Code.ofPlpgsql(source, argumentNames);
            case "sql" -> Code.ofSql(source, argumentNames);
            default -> null;
        };
    }

    FunctionRow withSource(@Nullable String other) {
        return new FunctionRow(
                oid, schema, name, language, other, securityDefiner, owner, argumentNames, searchPath, member, idle);
    }

    /** An SQL function whose body was parsed when it was made has an empty text. */
    boolean mayBeParsed() {
        return language.equals("sql") && (source == null || source.isEmpty());
    }

    /** Whether it may call nextval although its code was not understood. */
    public boolean unknown() {
        return code == null
                && (source == null || source.toLowerCase(Locale.ROOT).contains("nextval"));
    }

    /** Schemas that its own SET search_path names, in order; {@code $user} is left out. */
    public List<String> schemas() {
        return searchPath == null
                ? List.of()
                : Arrays.stream(searchPath.split(","))
                        .map(String::strip)
                        .map(part -> part.startsWith("\"") && part.endsWith("\"") && part.length() > 1
                                ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
                                : part)
                        .filter(part -> !part.isEmpty() && !part.equals("$user"))
                        .toList();
    }

    @Override
    public String toString() {
        return "function " + schema + "." + name;
    }
}
