package dev.seqwatch.demo;

import dev.seqwatch.testing.PostgresServer;
import java.sql.SQLException;

/** A shop at work, so that its sequences move: twenty events and a product a second, and an order where one goes through. */
record Trade(PostgresServer postgres) {
    private static final String SECOND = """
            INSERT INTO events (name) SELECT 'page view' FROM generate_series(1, 20);
            INSERT INTO products (name) VALUES ('another product')""";

    void second() throws SQLException {
        Story.execute(postgres, "shop", "shop_owner", SECOND);
        try {
            Story.order(postgres);
        } catch (SQLException e) {
            if (!Story.isUsedUp(e)) {
                throw e;
            }
        }
    }
}
