-- A shop's database with the classic failures, each in a table of its own, and one healthy table.
CREATE ROLE shop_owner LOGIN PASSWORD 'shop_owner';
CREATE ROLE shop_app LOGIN PASSWORD 'shop_app';
CREATE ROLE seqwatch LOGIN PASSWORD 'seqwatch';
GRANT CREATE, USAGE ON SCHEMA public TO shop_owner;
GRANT USAGE ON SCHEMA public TO shop_app, seqwatch;
SET SESSION AUTHORIZATION shop_owner;

-- 1. An integer key that has run out.
CREATE TABLE orders (id serial PRIMARY KEY, customer text NOT NULL);
SELECT setval('orders_id_seq', 2147483646);
INSERT INTO orders (customer) VALUES ('the last order that fits');

-- 2. The key is bigint; the column that references it was forgotten.
CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
CREATE TABLE event_tags (event_id integer REFERENCES events, tag text);
SELECT setval('events_id_seq', 2100000000);

-- 3. Rows were loaded with their ids; nothing moved the sequence.
CREATE TABLE customers (id bigserial PRIMARY KEY, name text);
INSERT INTO customers SELECT id, 'customer ' || id FROM generate_series(1, 5000) AS id;

-- 4. INSERT was granted, the sequence forgotten.
CREATE TABLE invoices (id serial PRIMARY KEY, amount numeric(10,2));
GRANT INSERT ON invoices TO shop_app;

-- 5. A healthy neighbour.
CREATE TABLE products (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
INSERT INTO products (name) SELECT 'product ' || n FROM generate_series(1, 100) AS n;

-- What a monitor needs to read, and nothing more.
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO seqwatch;
GRANT SELECT (id) ON orders, events, customers, invoices, products TO seqwatch;
