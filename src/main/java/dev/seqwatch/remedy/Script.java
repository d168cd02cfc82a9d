package dev.seqwatch.remedy;

import dev.seqwatch.model.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A psql script in the making. */
public final class Script {
    private final List<String> lines = new ArrayList<>();

    public Script comment(String text) {
        lines.add(Sql.comment(text));
        return this;
    }

    public Script statement(String sql) {
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
