package dev.seqwatch.remedy;

import dev.seqwatch.model.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A psql script in the making. It waits for no lock longer than others may wait behind it. */
public final class Script {
    /**
     * Less than the default of deadlock_timeout: a statement that waits longer has PostgreSQL look for a deadlock, which can
     * end a statement of the application instead of ours (manual, section 19.12).
     */
    private static final List<String> LOCK_TIMEOUT = List.of(
            "-- It stops with an error if a lock is not free within 900 ms: run it again.",
            "SET lock_timeout = '900ms';");

    private final List<String> lines = new ArrayList<>();
    private boolean begun;

    public Script comment(String text) {
        lines.add(Sql.comment(text));
        return this;
    }

    public Script statement(String sql) {
        if (!begun) {
            begun = true;
            lines.addAll(LOCK_TIMEOUT);
        }
        lines.add(sql + ";");
        return this;
    }

    Script statements(Collection<String> all) {
        all.forEach(this::statement);
        return this;
    }

    /** A block of PL/pgSQL, whatever names it holds. */
    Script block(String body) {
        var tag = "$seqwatch$";
        while (body.contains(tag)) {
            tag = "$x" + tag.substring(1);
        }
        return statement("DO " + tag + "\n" + body + "\n" + tag);
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
