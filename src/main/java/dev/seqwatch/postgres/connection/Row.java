package dev.seqwatch.postgres.connection;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Makes a value of the current row. */
@FunctionalInterface
public interface Row<T> {
    T read(ResultSet row) throws SQLException;

    /** The whole numbers in some columns of text, without those that are NULL. */
    static List<BigInteger> numbers(ResultSet row, String... columns) throws SQLException {
        var numbers = new ArrayList<BigInteger>();
        for (var column : columns) {
            var text = row.getString(column);
            if (text != null) {
                numbers.add(new BigInteger(text));
            }
        }
        return numbers;
    }
}
