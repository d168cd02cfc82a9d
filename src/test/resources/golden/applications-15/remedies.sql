-- Remedies for what Seqwatch found. Read them first; run them with psql as the owner of the objects.
\set ON_ERROR_STOP on

-- Database golden

-- Warning: DefaultBySearchPath public.account_seq public.account.account_id
-- The default of public.account.account_id names its sequence by a text that search_path resolves at every insert: a session with another search_path fails or uses another sequence, and PostgreSQL lets the sequence be dropped or renamed. Here it most likely means public.account_seq.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
ALTER TABLE public.account ALTER COLUMN account_id SET DEFAULT nextval('public.account_seq'::regclass);

-- Warning: KeyNotUnique public.event_log_ord_seq public.event_log.ord
-- public.event_log.ord uses public.event_log_ord_seq but is in no primary key, unique constraint or full unique index: an explicit id, a setval or a restore stores an id twice, and nothing says so.
-- Fails and changes nothing where ids are stored twice already. Blocks writes while it builds; for a
-- large table: CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX.
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
ALTER TABLE public.event_log ADD UNIQUE (ord);

-- Warning: ReferenceNarrowerThanKey public.film_seq public.film_actor.film_id
-- public.film_actor.film_id is smallint but references public.film.film_id, which is integer (constraint film_actor_film_id_fkey): rows with larger keys cannot be referenced, inserts fail with "out of range".
-- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- For large tables take the online path (new column, trigger, batches, swap):
-- docs/runbooks/widen-column-online.md
-- It stops with an error if a lock is not free within 900 ms: run it again.
SET lock_timeout = '900ms';
BEGIN;
-- stores the key through constraint film_actor_film_id_fkey
ALTER TABLE public.film_actor ALTER COLUMN film_id TYPE bigint;
COMMIT;
ANALYZE public.film_actor;

-- Info: ColumnNarrowerThanSequence public.account_seq public.account.account_id
-- public.account.account_id is integer and ends before public.account_seq, which continues to 9,223,372,036,854,775,807: inserts fail with "out of range", while the sequence still looks healthy.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: ColumnNarrowerThanSequence public.attachment_seq public.attachment.id
-- public.attachment.id is integer and ends before public.attachment_seq, which continues to 9,223,372,036,854,775,807: inserts fail with "out of range", while the sequence still looks healthy.
-- -- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- -- For large tables take the online path (new column, trigger, batches, swap):
-- -- docs/runbooks/widen-column-online.md
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- BEGIN;
-- ALTER TABLE public.attachment ALTER COLUMN id TYPE bigint;
-- COMMIT;
-- ANALYZE public.attachment;

-- Info: ColumnNarrowerThanSequence public.document_seq public.journal.id
-- public.journal.id is integer and ends before public.document_seq, which continues to 9,223,372,036,854,775,807: inserts fail with "out of range", while the sequence still looks healthy.
-- -- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- -- For large tables take the online path (new column, trigger, batches, swap):
-- -- docs/runbooks/widen-column-online.md
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- BEGIN;
-- ALTER TABLE public.receivable ALTER COLUMN id TYPE bigint;
-- ALTER TABLE public.payable ALTER COLUMN id TYPE bigint;
-- ALTER TABLE public.journal ALTER COLUMN id TYPE bigint;
-- COMMIT;
-- ANALYZE public.journal;
-- ANALYZE public.payable;
-- ANALYZE public.receivable;

-- Info: ColumnNarrowerThanSequence public.document_seq public.payable.id
-- public.payable.id is integer and ends before public.document_seq, which continues to 9,223,372,036,854,775,807: inserts fail with "out of range", while the sequence still looks healthy.
-- The same remedy as above.

-- Info: ColumnNarrowerThanSequence public.document_seq public.receivable.id
-- public.receivable.id is integer and ends before public.document_seq, which continues to 9,223,372,036,854,775,807: inserts fail with "out of range", while the sequence still looks healthy.
-- The same remedy as above.

-- Info: ColumnNarrowerThanSequence public.film_seq public.film.film_id
-- public.film.film_id is integer and ends before public.film_seq, which continues to 9,223,372,036,854,775,807: inserts fail with "out of range", while the sequence still looks healthy.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: ColumnNarrowerThanSequence public.wiki_user_seq public.wiki_user.user_id
-- public.wiki_user.user_id is integer and ends before public.wiki_user_seq, which continues to 9,223,372,036,854,775,807: inserts fail with "out of range", while the sequence still looks healthy.
-- -- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- -- For large tables take the online path (new column, trigger, batches, swap):
-- -- docs/runbooks/widen-column-online.md
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- BEGIN;
-- ALTER TABLE public.wiki_user ALTER COLUMN user_id TYPE bigint;
-- COMMIT;
-- ANALYZE public.wiki_user;

-- Info: IdentityByDefault public.orders_id_seq public.orders.id
-- public.orders.id is GENERATED BY DEFAULT: statements may store ids of their own, and the sequence returns the same ids later.
-- -- INSERT with an explicit id then needs OVERRIDING SYSTEM VALUE; COPY keeps working.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- ALTER TABLE public.orders ALTER COLUMN id SET GENERATED ALWAYS;

-- Info: KeyNotBigint public.Größe, größer._Nr. 1_seq public.Größe, größer..Nr. 1
-- public.Größe, größer..Nr. 1 is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- -- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- -- For large tables take the online path (new column, trigger, batches, swap):
-- -- docs/runbooks/widen-column-online.md
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- BEGIN;
-- ALTER TABLE public."Größe, größer." ALTER COLUMN "Nr. 1" TYPE bigint;
-- ALTER SEQUENCE public."Größe, größer._Nr. 1_seq" AS bigint;
-- COMMIT;
-- ANALYZE public."Größe, größer.";

-- Info: KeyNotBigint public.User_id_seq public.User.id
-- public.User.id is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- -- Rewrites each table and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.
-- -- For large tables take the online path (new column, trigger, batches, swap):
-- -- docs/runbooks/widen-column-online.md
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- BEGIN;
-- ALTER TABLE public."User" ALTER COLUMN id TYPE bigint;
-- ALTER SEQUENCE public."User_id_seq" AS bigint;
-- COMMIT;
-- ANALYZE public."User";

-- Info: KeyNotBigint public.account_seq public.account.account_id
-- public.account.account_id is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: KeyNotBigint public.attachment_seq public.attachment.id
-- public.attachment.id is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- The same remedy as above.

-- Info: KeyNotBigint public.document_seq public.journal.id
-- public.journal.id is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- The same remedy as above.

-- Info: KeyNotBigint public.document_seq public.payable.id
-- public.payable.id is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- The same remedy as above.

-- Info: KeyNotBigint public.document_seq public.receivable.id
-- public.receivable.id is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- The same remedy as above.

-- Info: KeyNotBigint public.event_log_ord_seq public.event_log.ord
-- public.event_log.ord is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: KeyNotBigint public.film_seq public.film.film_id
-- public.film.film_id is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: KeyNotBigint public.wiki_user_seq public.wiki_user.user_id
-- public.wiki_user.user_id is integer and ends at 2,147,483,647. bigint needs a few more bytes a row now; widening the column later rewrites the table.
-- The same remedy as above.

-- Info: OrphanSequence public.partner_sq public.partner.partner_id
-- public.partner_sq is neither owned nor in any default that PostgreSQL knows of: no column limits it here. Decide whether an application calls it by name, or whether it can be dropped. Nothing that was found calls public.partner_sq; it is judged as the source of public.partner.partner_id by its name and its ids. Confirm it in the monitor: links: [{sequence: golden.public.partner_sq, column: golden.public.partner.partner_id}], or deny it by adding related: false.
-- No script can decide this.

-- Info: OrphanSequence public.person_seq public.person.id
-- public.person_seq is neither owned nor in any default that PostgreSQL knows of: no column limits it here. Decide whether an application calls it by name, or whether it can be dropped. Nothing that was found calls public.person_seq; it is judged as the source of public.person.id by its name and its ids. Confirm it in the monitor: links: [{sequence: golden.public.person_seq, column: golden.public.person.id}], or deny it by adding related: false.
-- No script can decide this.

-- Info: SequenceUnowned public.account_seq public.account.account_id
-- public.account_seq feeds public.account.account_id but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SequenceUnowned public.attachment_seq public.attachment.id
-- public.attachment_seq feeds public.attachment.id but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SequenceUnowned public.audit_seq public.group_audit.id
-- public.audit_seq feeds public.group_audit.id but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it. Several columns use it: decide which one owns it.
-- No script can decide this.

-- Info: SequenceUnowned public.change_seq public.doc.change_no
-- public.change_seq feeds public.doc.change_no but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it. That column is in no key, which an owned sequence would make of it: decide whether it is one, and if so, add the key first.
-- No script can decide this.

-- Info: SequenceUnowned public.document_seq public.journal.id
-- public.document_seq feeds public.journal.id but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it. Several columns use it: decide which one owns it.
-- No script can decide this.

-- Info: SequenceUnowned public.film_seq public.film.film_id
-- public.film_seq feeds public.film.film_id but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SequenceUnowned public.invoice_number_seq public.invoice.number
-- public.invoice_number_seq feeds public.invoice.number but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- ALTER SEQUENCE public.invoice_number_seq OWNED BY public.invoice.number;

-- Info: SequenceUnowned public.order_number_seq public.orders.number
-- public.order_number_seq feeds public.orders.number but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- ALTER SEQUENCE public.order_number_seq OWNED BY public.orders.number;

-- Info: SequenceUnowned public.registry_seq public.registry.id
-- public.registry_seq feeds public.registry.id but is owned by no column: it remains when the table is dropped, and TRUNCATE … RESTART IDENTITY does not reset it.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- ALTER SEQUENCE public.registry_seq OWNED BY public.registry.id;

-- Info: SerialInsteadOfIdentity public.Größe, größer._Nr. 1_seq public.Größe, größer..Nr. 1
-- public.Größe, größer..Nr. 1 is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SerialInsteadOfIdentity public.User_id_seq public.User.id
-- public.User.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SerialInsteadOfIdentity public.billable_id_seq public.billable.id
-- public.billable.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both. Before PostgreSQL 17 partitions and children do not take part in an identity: decide for the whole tree.
-- No script can decide this.

-- Info: SerialInsteadOfIdentity public.build_id_seq public.build.id
-- public.build.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both. Before PostgreSQL 17 partitions and children do not take part in an identity: decide for the whole tree.
-- No script can decide this.

-- Info: SerialInsteadOfIdentity public.doc_id_seq public.doc.id
-- public.doc.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- -- Holds an ACCESS EXCLUSIVE lock for a moment; rewrites nothing, but reads the table once where the column
-- -- allows NULL. BY DEFAULT keeps statements working that bring ids along.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- BEGIN;
-- LOCK TABLE public.doc IN ACCESS EXCLUSIVE MODE;
-- ALTER TABLE public.doc ALTER COLUMN id SET NOT NULL, ALTER COLUMN id DROP DEFAULT;
-- ALTER SEQUENCE public.doc_id_seq OWNED BY NONE;
-- ALTER SEQUENCE public.doc_id_seq RENAME TO seqwatch_old_2eb436d9;
-- ALTER TABLE public.doc ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME public.doc_id_seq);
-- DO $seqwatch$
-- DECLARE
--   source CONSTANT pg_catalog.regclass := 'public.seqwatch_old_2eb436d9'::pg_catalog.regclass;
--   target CONSTANT pg_catalog.regclass := 'public.doc_id_seq'::pg_catalog.regclass;
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
-- SELECT pg_catalog.setval('public.doc_id_seq'::pg_catalog.regclass, last_value, is_called) FROM public.seqwatch_old_2eb436d9;
-- DROP SEQUENCE public.seqwatch_old_2eb436d9;
-- COMMIT;

-- Info: SerialInsteadOfIdentity public.event_log_ord_seq public.event_log.ord
-- public.event_log.ord is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SerialInsteadOfIdentity public.job_job_id_seq public.job.job_id
-- public.job.job_id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- -- Holds an ACCESS EXCLUSIVE lock for a moment; rewrites nothing, but reads the table once where the column
-- -- allows NULL. BY DEFAULT keeps statements working that bring ids along.
-- -- It stops with an error if a lock is not free within 900 ms: run it again.
-- SET lock_timeout = '900ms';
-- BEGIN;
-- LOCK TABLE public.job IN ACCESS EXCLUSIVE MODE;
-- ALTER TABLE public.job ALTER COLUMN job_id SET NOT NULL, ALTER COLUMN job_id DROP DEFAULT;
-- ALTER SEQUENCE public.job_job_id_seq OWNED BY NONE;
-- ALTER SEQUENCE public.job_job_id_seq RENAME TO seqwatch_old_a410a276;
-- ALTER TABLE public.job ALTER COLUMN job_id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME public.job_job_id_seq);
-- DO $seqwatch$
-- DECLARE
--   source CONSTANT pg_catalog.regclass := 'public.seqwatch_old_a410a276'::pg_catalog.regclass;
--   target CONSTANT pg_catalog.regclass := 'public.job_job_id_seq'::pg_catalog.regclass;
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
-- SELECT pg_catalog.setval('public.job_job_id_seq'::pg_catalog.regclass, last_value, is_called) FROM public.seqwatch_old_a410a276;
-- DROP SEQUENCE public.seqwatch_old_a410a276;
-- COMMIT;

-- Info: SerialInsteadOfIdentity public.pipeline_id_seq public.pipeline.id
-- public.pipeline.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both. Before PostgreSQL 17 partitions and children do not take part in an identity: decide for the whole tree.
-- No script can decide this.

-- Info: SerialInsteadOfIdentity public.visit_id_seq public.visit.id
-- public.visit.id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both. Before PostgreSQL 17 partitions and children do not take part in an identity: decide for the whole tree.
-- No script can decide this.

-- Info: SerialInsteadOfIdentity public.wiki_user_seq public.wiki_user.user_id
-- public.wiki_user.user_id is serial: as an identity column it would need no grant on its sequence, and widening it would widen both.
-- What is above changes this sequence: run it, then look again for this remedy.

-- Info: SharedSequence public.audit_seq public.group_audit.id
-- public.audit_seq feeds 2 independent tables (public.group_audit, public.project_audit): the narrowest of them limits all. Decide whether they are meant to share it.
-- No script can decide this.

-- Info: SharedSequence public.document_seq public.journal.id
-- public.document_seq feeds 3 independent tables (public.journal, public.payable, public.receivable): the narrowest of them limits all. Decide whether they are meant to share it.
-- No script can decide this.
