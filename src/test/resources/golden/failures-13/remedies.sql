-- Remedies for what Seqwatch found. Read them first; run them with psql as the owner of the objects.
\set ON_ERROR_STOP on

-- Database golden

-- Critical: InsertWithoutUsage public.Odd 'n; -- ame_I d_seq public.Odd 'n; -- ame.I d golden_app
-- Role golden_app may insert into public.Odd 'n; -- ame but may not call public.Odd 'n; -- ame_I d_seq, the default of column I d: inserts that leave the column out fail with "permission denied for sequence".
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
GRANT USAGE ON SEQUENCE public."Odd 'n; -- ame_I d_seq" TO golden_app;

-- Critical: InsertWithoutUsage public.carts_id_seq public.carts.id golden_app
-- Role golden_app may insert into public.carts but may not call public.carts_id_seq, the default of column id: inserts that leave the column out fail with "permission denied for sequence".
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
GRANT USAGE ON SEQUENCE public.carts_id_seq TO golden_app;

-- Critical: SequenceBehind public.Odd 'n; -- ame_I d_seq public.Odd 'n; -- ame.I d
-- public.Odd 'n; -- ame_I d_seq is behind public.Odd 'n; -- ame.I d: the very next insert gets an id that public.Odd 'n; -- ame already holds (30,001); that insert fails with a duplicate key.
-- Waits for running inserts, stops new ones for the moment it takes, and moves only forward.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
SET row_security = off;
BEGIN;
LOCK TABLE public."Odd 'n; -- ame" IN SHARE ROW EXCLUSIVE MODE;
SELECT pg_catalog.setval('public."Odd ''n; -- ame_I d_seq"'::pg_catalog.regclass, seqwatch_stored.last::bigint, true)
  FROM (SELECT last_value, is_called FROM public."Odd 'n; -- ame_I d_seq" AS seqwatch_sequence) AS seqwatch_now
 CROSS JOIN LATERAL (SELECT greatest((SELECT pg_catalog.max("I d") FROM public."Odd 'n; -- ame" AS seqwatch_table WHERE "I d" BETWEEN seqwatch_now.last_value AND 30328 AND ("I d" <> seqwatch_now.last_value OR NOT seqwatch_now.is_called))) AS last OFFSET 0) AS seqwatch_stored
 -- a session may have called nextval meanwhile: read the position again
 CROSS JOIN LATERAL (SELECT last_value FROM public."Odd 'n; -- ame_I d_seq" AS seqwatch_sequence
                      WHERE seqwatch_stored.last IS NOT NULL OFFSET 0) AS seqwatch_again
 WHERE seqwatch_stored.last >= seqwatch_again.last_value;
COMMIT;

-- Critical: SequenceBehind public.customers_id_seq public.customers.id
-- public.customers_id_seq is behind public.customers.id: the very next insert gets an id that public.customers already holds (1); that insert fails with a duplicate key. The sequence was never called over loaded rows: a bulk load, a restore or logical replication does not move it.
-- Waits for running inserts, stops new ones for the moment it takes, and moves only forward.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
SET row_security = off;
BEGIN;
LOCK TABLE public.customers IN SHARE ROW EXCLUSIVE MODE;
SELECT pg_catalog.setval('public.customers_id_seq'::pg_catalog.regclass, seqwatch_stored.last::bigint, true)
  FROM (SELECT last_value, is_called FROM public.customers_id_seq AS seqwatch_sequence) AS seqwatch_now
 CROSS JOIN LATERAL (SELECT greatest((SELECT pg_catalog.max(id) FROM public.customers AS seqwatch_table WHERE id BETWEEN seqwatch_now.last_value AND 6000 AND (id <> seqwatch_now.last_value OR NOT seqwatch_now.is_called))) AS last OFFSET 0) AS seqwatch_stored
 -- a session may have called nextval meanwhile: read the position again
 CROSS JOIN LATERAL (SELECT last_value FROM public.customers_id_seq AS seqwatch_sequence
                      WHERE seqwatch_stored.last IS NOT NULL OFFSET 0) AS seqwatch_again
 WHERE seqwatch_stored.last >= seqwatch_again.last_value;
COMMIT;

-- Critical: SequenceBehind public.note_id_seq public.note.id
-- public.note_id_seq is behind public.note.id: the very next insert gets an id that public.note already holds (1); no unique index stops it, so that two rows get the same id: silent duplicates. The sequence was never called over loaded rows: a bulk load, a restore or logical replication does not move it.
-- Waits for running inserts, stops new ones for the moment it takes, and moves only forward.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
SET row_security = off;
BEGIN;
LOCK TABLE public.note IN SHARE ROW EXCLUSIVE MODE;
SELECT pg_catalog.setval('public.note_id_seq'::pg_catalog.regclass, seqwatch_stored.last::bigint, true)
  FROM (SELECT last_value, is_called FROM public.note_id_seq AS seqwatch_sequence) AS seqwatch_now
 CROSS JOIN LATERAL (SELECT greatest((SELECT pg_catalog.max(id) FROM public.note AS seqwatch_table WHERE id BETWEEN seqwatch_now.last_value AND 1100 AND (id <> seqwatch_now.last_value OR NOT seqwatch_now.is_called))) AS last OFFSET 0) AS seqwatch_stored
 -- a session may have called nextval meanwhile: read the position again
 CROSS JOIN LATERAL (SELECT last_value FROM public.note_id_seq AS seqwatch_sequence
                      WHERE seqwatch_stored.last IS NOT NULL OFFSET 0) AS seqwatch_again
 WHERE seqwatch_stored.last >= seqwatch_again.last_value;
COMMIT;

-- Critical: SequenceExhaustion public.voucher_seq public.voucher.nr
-- public.voucher_seq is used up (MAXVALUE 1,000 of public.voucher_seq): the next nextval fails, and so does every insert into public.voucher that needs it. MAXVALUE 1000 of public.voucher_seq is not the end of its type, bigint, so somebody chose it. Decide whether clients that read 32 bits, a block of ids or a number format still need it, and raise it only if none does.
-- No script can decide this.

-- Critical: ColumnNearLimit public.chat.id
-- public.chat.id stores ids up to 2,147,483,600, 99.9 % of its type integer, which ends at 2,147,483,647: 47 values left. Then inserts of larger ids fail with "out of range".
-- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- For large tables take the online path (new column, trigger, batches, swap):
-- docs/runbooks/widen-column-online.md
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
BEGIN;
ALTER TABLE public.chat ALTER COLUMN id TYPE bigint;
COMMIT;
ANALYZE public.chat;

-- Critical: PartitionsNearEnd public.readings_id_seq public.readings.id
-- The last partition of public.readings, public.readings_1, is 99.0 % used: it ends at 100,000, and 1,000 values of public.readings_id_seq are left. There is no DEFAULT partition. Then inserts fail with "no partition of relation found for row". Decide which ids the next partition takes, and add it, for example FOR VALUES FROM (100001) TO (200001). If a job adds partitions, find out why it stopped.
-- No script can decide this.

-- Critical: SequenceExhaustion public.orders_id_seq public.orders.id
-- 97.7 % of public.orders_id_seq is used: 47,483,647 values left before the limit, MAXVALUE 2,147,483,647 of public.orders_id_seq. Then nextval fails, and so does every insert into public.orders that needs it.
-- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- For large tables take the online path (new column, trigger, batches, swap):
-- docs/runbooks/widen-column-online.md
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
BEGIN;
-- stores the key through constraint order_notes_order_id_fkey
ALTER TABLE public.order_notes ALTER COLUMN order_id TYPE bigint;
-- stores the key through constraint order_items_order_id_fkey
ALTER TABLE public.order_items ALTER COLUMN order_id TYPE bigint;
ALTER TABLE public.orders ALTER COLUMN id TYPE bigint;
ALTER SEQUENCE public.orders_id_seq AS bigint;
COMMIT;
ANALYZE public.orders;
ANALYZE public.order_items;
ANALYZE public.order_notes;

-- Critical: SequenceExhaustion public.log_id_seq public.log.id
-- 93.1 % of public.log_id_seq is used: 147,483,647 values left before the limit, MAXVALUE 2,147,483,647 of public.log_id_seq. Then nextval fails, and so does every insert into public.log that needs it.
-- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- For large tables take the online path (new column, trigger, batches, swap):
-- docs/runbooks/widen-column-online.md
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
BEGIN;
ALTER TABLE public.log ALTER COLUMN id TYPE bigint;
ALTER SEQUENCE public.log_id_seq AS bigint;
COMMIT;
ANALYZE public.log;

-- Warning: CyclingKey public.Odd 'n; -- ame_I d_seq public.Odd 'n; -- ame.I d
-- public.Odd 'n; -- ame_I d_seq has CYCLE and feeds public.Odd 'n; -- ame.I d, which is unique: after 32,767 it begins again at 1, and inserts fail with a duplicate key.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
ALTER SEQUENCE public."Odd 'n; -- ame_I d_seq" NO CYCLE;
-- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- For large tables take the online path (new column, trigger, batches, swap):
-- docs/runbooks/widen-column-online.md
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
BEGIN;
-- stores the key through constraint odd_child_odd_id_fkey
ALTER TABLE public.odd_child ALTER COLUMN odd_id TYPE bigint;
ALTER TABLE public."Odd 'n; -- ame" ALTER COLUMN "I d" TYPE bigint;
ALTER SEQUENCE public."Odd 'n; -- ame_I d_seq" AS bigint;
COMMIT;
ANALYZE public."Odd 'n; -- ame";
ANALYZE public.odd_child;

-- Warning: CyclingKey public.jobs_id_seq public.jobs.id
-- public.jobs_id_seq has CYCLE and feeds public.jobs.id, which is unique: after 9,223,372,036,854,775,807 it begins again at 1, and inserts fail with a duplicate key.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
ALTER SEQUENCE public.jobs_id_seq NO CYCLE;

-- Warning: DefaultBySearchPath public.letter_seq public.letters.id
-- The default of public.letters.id names its sequence by a text that search_path resolves at every insert: a session with another search_path fails or uses another sequence, and PostgreSQL lets the sequence be dropped or renamed. Here it most likely means public.letter_seq.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
ALTER TABLE public.letters ALTER COLUMN id SET DEFAULT nextval('public.letter_seq'::regclass);

-- Warning: DefaultPrivilegesGap public golden_team
-- Tables that role golden_team creates in schema public will let golden_app insert, but not call their sequences: inserts into the next table with a serial column fail with "permission denied for sequence".
-- for sequences still to come; those that exist are reported by themselves
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
ALTER DEFAULT PRIVILEGES FOR ROLE golden_team IN SCHEMA public GRANT USAGE ON SEQUENCES TO golden_app;

-- Warning: KeyNotUnique public.events_id_seq public.events.id
-- public.events.id uses public.events_id_seq but is in no primary key, unique constraint or full unique index: an explicit id, a setval or a restore stores an id twice, and nothing says so.
-- Fails and changes nothing where ids are stored twice already. Blocks writes while it builds; for a
-- large table: CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
ALTER TABLE public.events ADD UNIQUE (id);

-- Warning: KeyNotUnique public.log_id_seq public.log.id
-- public.log.id uses public.log_id_seq but is in no primary key, unique constraint or full unique index: an explicit id, a setval or a restore stores an id twice, and nothing says so. A unique index of a partitioned table must include the partition key: decide on a composite key.
-- No script can decide this.

-- Warning: KeyNotUnique public.note_id_seq public.note.id
-- public.note.id uses public.note_id_seq but is in no primary key, unique constraint or full unique index: an explicit id, a setval or a restore stores an id twice, and nothing says so.
-- Fails and changes nothing where ids are stored twice already. Blocks writes while it builds; for a
-- large table: CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
ALTER TABLE public.note ADD UNIQUE (id);

-- Warning: ReferenceNarrowerThanKey public.users_id_seq public.profiles.user_id
-- public.profiles.user_id is integer but references public.users.id, which is bigint (constraint profiles_user_id_fkey): rows with larger keys cannot be referenced, inserts fail with "out of range".
-- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- For large tables take the online path (new column, trigger, batches, swap):
-- docs/runbooks/widen-column-online.md
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
BEGIN;
-- stores the key through constraint avatars_profile_id_fkey
ALTER TABLE public.avatars ALTER COLUMN profile_id TYPE bigint;
-- stores the key through constraint profiles_user_id_fkey
ALTER TABLE public.profiles ALTER COLUMN user_id TYPE bigint;
COMMIT;
ANALYZE public.profiles;
ANALYZE public.avatars;

-- Warning: SequenceNarrowerThanColumn public.note_id_seq public.note.id
-- public.note_id_seq still ends at 2,147,483,647 although public.note.id is bigint by now: the column was widened, the sequence was not, and nextval will fail there.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
ALTER SEQUENCE public.note_id_seq AS bigint NO MAXVALUE;

-- Warning: SequenceNarrowerThanColumn public.payments_id_seq public.payments.id
-- public.payments_id_seq still ends at 2,147,483,647 although public.payments.id is bigint by now: the column was widened, the sequence was not, and nextval will fail there.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
ALTER SEQUENCE public.payments_id_seq AS bigint NO MAXVALUE;

-- Warning: SequenceOwnedElsewhere public.articles_2019_id_seq public.articles.id
-- public.articles_2019_id_seq feeds public.articles.id but is owned by public.articles_2019.id, which does not use it: dropping that table or column is refused, or with CASCADE takes the default away and inserts fail.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
ALTER SEQUENCE public.articles_2019_id_seq OWNED BY public.articles.id;

-- Info: ColumnNarrowerThanSequence public.ticket_seq public.tickets.nr
-- public.tickets.nr is integer and ends before public.ticket_seq, which continues to 9,223,372,036,854,775,807: inserts fail with "out of range", while the sequence still looks healthy.
-- -- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- -- For large tables take the online path (new column, trigger, batches, swap):
-- -- docs/runbooks/widen-column-online.md
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- BEGIN;
-- ALTER TABLE public.tickets ALTER COLUMN nr TYPE bigint;
-- COMMIT;
-- ANALYZE public.tickets;

-- Info: IdentityByDefault public.devices_id_seq public.devices.id
-- public.devices.id is GENERATED BY DEFAULT: statements may store ids of their own, and the sequence returns the same ids later.
-- -- INSERT with an explicit id then needs OVERRIDING SYSTEM VALUE; COPY keeps working.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- ALTER TABLE public.devices ALTER COLUMN id SET GENERATED ALWAYS;

-- Info: KeyNotBigint public.Odd 'n; -- ame_I d_seq public.Odd 'n; -- ame.I d
-- public.Odd 'n; -- ame.I d is smallint and ends at 32,767. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: KeyNotBigint public.customers_id_seq public.customers.id
-- public.customers.id is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: KeyNotBigint public.log_id_seq public.log.id
-- public.log.id is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- The same remedy as above.

-- Info: KeyNotBigint public.orders_id_seq public.orders.id
-- public.orders.id is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- The same remedy as above.

-- Info: KeyNotBigint public.ticket_seq public.tickets.nr
-- public.tickets.nr is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- The same remedy as above.

-- Info: OrphanSequence public.forgotten_seq
-- public.forgotten_seq is neither owned nor in any default that PostgreSQL knows of: no column limits it here. Decide whether an application calls it by name, or whether it can be dropped.
-- No script can decide this.

-- Info: OwnerMismatch public.parcel_seq public.parcels.id
-- public.parcel_seq is owned by role golden_other, but public.parcels, the table that uses it, is owned by role postgres.
-- -- As a superuser, or as a member of both roles. What the old owner may do today it may do afterwards.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- BEGIN;
-- ALTER SEQUENCE public.parcel_seq OWNER TO postgres;
-- GRANT ALL ON SEQUENCE public.parcel_seq TO golden_other;
-- COMMIT;

-- Info: SequenceUnowned public.hibernate_seq public.cats.id
-- public.hibernate_seq feeds public.cats.id but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it. Several columns use it: decide which one owns it.
-- No script can decide this.

-- Info: SequenceUnowned public.invoice_seq public.invoices.id
-- public.invoice_seq feeds public.invoices.id but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- ALTER SEQUENCE public.invoice_seq OWNED BY public.invoices.id;

-- Info: SequenceUnowned public.letter_seq public.letters.id
-- public.letter_seq feeds public.letters.id but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SequenceUnowned public.odd_numbers_seq public.multi_writer.id
-- public.odd_numbers_seq feeds public.multi_writer.id but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- ALTER SEQUENCE public.odd_numbers_seq OWNED BY public.multi_writer.id;

-- Info: SequenceUnowned public.parcel_seq public.parcels.id
-- public.parcel_seq feeds public.parcels.id but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it. Sequence and table belong to different roles: decide which one is to own both.
-- No script can decide this.

-- Info: SequenceUnowned public.ticket_seq public.tickets.nr
-- public.ticket_seq feeds public.tickets.nr but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SequenceUnowned public.voucher_seq public.voucher.nr
-- public.voucher_seq feeds public.voucher.nr but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- ALTER SEQUENCE public.voucher_seq OWNED BY public.voucher.nr;

-- Info: SerialInsteadOfIdentity public.Odd 'n; -- ame_I d_seq public.Odd 'n; -- ame.I d
-- public.Odd 'n; -- ame.I d is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SerialInsteadOfIdentity public.carts_id_seq public.carts.id
-- public.carts.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SerialInsteadOfIdentity public.customers_id_seq public.customers.id
-- public.customers.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SerialInsteadOfIdentity public.log_id_seq public.log.id
-- public.log.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both. Before PostgreSQL 17 partitions and children do not take part in an identity: decide for the whole tree.
-- No script can decide this.

-- Info: SerialInsteadOfIdentity public.note_id_seq public.note.id
-- public.note.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SerialInsteadOfIdentity public.order_items_id_seq public.order_items.id
-- public.order_items.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- -- Holds an ACCESS EXCLUSIVE lock for a moment; rewrites nothing, but reads the table once where the column
-- -- allows NULL. BY DEFAULT keeps statements working that bring ids along.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- BEGIN;
-- LOCK TABLE public.order_items IN ACCESS EXCLUSIVE MODE;
-- ALTER TABLE public.order_items ALTER COLUMN id SET NOT NULL, ALTER COLUMN id DROP DEFAULT;
-- ALTER SEQUENCE public.order_items_id_seq OWNED BY NONE;
-- ALTER SEQUENCE public.order_items_id_seq RENAME TO seqwatch_old_e6da1ca2;
-- ALTER TABLE public.order_items ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME public.order_items_id_seq);
-- DO $seqwatch$
-- DECLARE
--   source CONSTANT pg_catalog.regclass := 'public.seqwatch_old_e6da1ca2'::pg_catalog.regclass;
--   target CONSTANT pg_catalog.regclass := 'public.order_items_id_seq'::pg_catalog.regclass;
--   options record;
--   entry record;
-- BEGIN
--   SELECT s.*, CASE t.typlen WHEN 2 THEN 32767 WHEN 4 THEN 2147483647 ELSE 9223372036854775807 END AS top
--     INTO STRICT options
--     FROM pg_catalog.pg_sequence s, pg_catalog.pg_sequence n JOIN pg_catalog.pg_type t ON t.oid = n.seqtypid
--    WHERE s.seqrelid = source AND n.seqrelid = target;
--   EXECUTE pg_catalog.format(
--     'ALTER SEQUENCE %s INCREMENT %s MINVALUE %s MAXVALUE %s START %s RESTART CACHE %s %s CYCLE', target,
--     options.seqincrement, greatest(options.seqmin, -options.top - 1), least(options.seqmax, options.top),
--     options.seqstart, options.seqcache, CASE WHEN options.seqcycle THEN '' ELSE 'NO' END);
--   EXECUTE pg_catalog.format('COMMENT ON SEQUENCE %s IS %L', target, pg_catalog.obj_description(source, 'pg_class'));
--   -- takes what default privileges gave, then gives what the old sequence had
--   FOR entry IN SELECT c.oid = source AS wanted, acl.privilege_type AS privilege,
--                       CASE acl.grantee WHEN 0 THEN 'PUBLIC'
--                            ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(acl.grantee)) END AS role,
--                       CASE WHEN acl.is_grantable THEN 'WITH GRANT OPTION' END AS option
--                  FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) acl
--                 WHERE c.oid IN (source, target) AND acl.grantee <> c.relowner ORDER BY 1 LOOP
--     IF entry.wanted THEN
--       EXECUTE pg_catalog.format('GRANT %s ON SEQUENCE %s TO %s %s', entry.privilege, target, entry.role, entry.option);
--     ELSE
--       EXECUTE pg_catalog.format('REVOKE %s ON SEQUENCE %s FROM %s', entry.privilege, target, entry.role);
--     END IF;
--   END LOOP;
-- END
-- $seqwatch$;
-- SELECT pg_catalog.setval('public.order_items_id_seq'::pg_catalog.regclass, last_value, is_called) FROM public.seqwatch_old_e6da1ca2;
-- DROP SEQUENCE public.seqwatch_old_e6da1ca2;
-- COMMIT;

-- Info: SerialInsteadOfIdentity public.orders_id_seq public.orders.id
-- public.orders.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SerialInsteadOfIdentity public.payments_id_seq public.payments.id
-- public.payments.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SerialInsteadOfIdentity public.readings_id_seq public.readings.id
-- public.readings.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both. Before PostgreSQL 17 partitions and children do not take part in an identity: decide for the whole tree.
-- No script can decide this.

-- Info: SerialInsteadOfIdentity public.users_id_seq public.users.id
-- public.users.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SharedSequence public.hibernate_seq public.cats.id
-- public.hibernate_seq feeds 2 independent tables (public.cats, public.dogs): the narrowest of them limits all. Decide whether they are meant to share it.
-- No script can decide this.
