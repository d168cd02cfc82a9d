package dev.seqwatch.check;

import dev.seqwatch.sequence.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A psql script in the making. */
final class Script {
    private final List<String> lines = new ArrayList<>();

    Script comment(String text) {
        lines.add(Sql.comment(text));
        return this;
    }

    Script statement(String sql) {
        lines.add(sql + ";");
        return this;
    }

    Script statements(Collection<String> all) {
        all.forEach(this::statement);
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
