-- The least that a monitor's role needs, for PostgreSQL 11 to 18. Run it with psql in each database to be watched:
--   psql -d DATABASE -f grants.sql
-- as superuser, or once as each role that owns sequences or tables. Run it again after new tables.
--
-- It grants what you may grant, 50 objects in a transaction, so that it needs few locks whatever the number of tables. Then
-- it lists each object that the role still cannot read, with its owner, and fails (psql exits with 3). It cannot run inside
-- a transaction of yours (BEGIN, --single-transaction). It sets no password: ALTER ROLE seqwatch PASSWORD '…'.
--
-- From PostgreSQL 14 on one grant does all of it, also for tables to come, and lets the role read every row:
--   CREATE ROLE seqwatch LOGIN; GRANT pg_read_all_data TO seqwatch;
\set ON_ERROR_STOP on
\set SHOW_CONTEXT never
SET statement_timeout = 0;

DO $role$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'seqwatch') THEN
    CREATE ROLE seqwatch LOGIN NOINHERIT CONNECTION LIMIT 10;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE insufficient_privilege USING
      MESSAGE = 'role seqwatch does not exist, and ' || current_user || ' may not create roles',
      HINT = 'Let an administrator run: CREATE ROLE seqwatch LOGIN NOINHERIT CONNECTION LIMIT 10';
END
$role$;

DO $grants$
DECLARE
  batch_size CONSTANT integer := 50;
  missing record;
  attempts integer := 0;
  not_granted integer := 0;
  owners text[] := '{}';
BEGIN
  -- The first pass grants. The second pass reports: a GRANT by a role that is not the owner can be a mere warning.
  FOR pass IN 1..2 LOOP
    FOR missing IN
      WITH RECURSIVE schemas AS (
        SELECT oid, nspname, nspowner FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      ),
      sequences AS (
        SELECT c.oid, c.relname, c.relowner, c.relnamespace
          FROM pg_catalog.pg_class c JOIN schemas s ON s.oid = c.relnamespace
         WHERE c.relkind = 'S'
      ),
      -- columns that use a sequence: identity, and defaults that call nextval
      sequence_columns AS (
        SELECT a.attrelid, a.attname
          FROM pg_catalog.pg_attribute a
          LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE NOT a.attisdropped
           AND (a.attidentity <> '' OR pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%')
      ),
      -- and the same columns of partitions and children
      inherited_columns AS (
        SELECT attrelid, attname FROM sequence_columns
        UNION
        SELECT i.inhrelid, c.attname FROM inherited_columns c JOIN pg_catalog.pg_inherits i ON i.inhparent = c.attrelid
      ),
      columns AS (
        SELECT t.relname, t.relowner, t.relnamespace, a.attrelid, a.attnum, a.attname
          FROM inherited_columns c
          JOIN pg_catalog.pg_attribute a ON a.attrelid = c.attrelid AND a.attname = c.attname
          JOIN pg_catalog.pg_class t ON t.oid = c.attrelid
          JOIN schemas s ON s.oid = t.relnamespace
         WHERE t.relkind IN ('r', 'p')
      ),
      candidates AS (
        SELECT 1 AS rank, 'database ' || pg_catalog.quote_ident(datname) AS object, datdba AS owner, true AS needed,
               pg_catalog.has_database_privilege('seqwatch', oid, 'CONNECT') AS granted,
               pg_catalog.format('GRANT CONNECT ON DATABASE %I TO seqwatch', datname) AS command
          FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
        UNION ALL
        SELECT 2, 'schema ' || pg_catalog.quote_ident(s.nspname), s.nspowner,
               EXISTS (SELECT FROM sequences q WHERE q.relnamespace = s.oid)
                 OR EXISTS (SELECT FROM columns c WHERE c.relnamespace = s.oid),
               pg_catalog.has_schema_privilege('seqwatch', s.oid, 'USAGE'),
               pg_catalog.format('GRANT USAGE ON SCHEMA %I TO seqwatch', s.nspname)
          FROM schemas s
        UNION ALL
        -- positions: SELECT does not allow nextval, USAGE on a sequence would
        SELECT 3, pg_catalog.format('sequence %I.%I', s.nspname, q.relname), q.relowner, true,
               pg_catalog.has_sequence_privilege('seqwatch', q.oid, 'SELECT'),
               pg_catalog.format('GRANT SELECT ON SEQUENCE %I.%I TO seqwatch', s.nspname, q.relname)
          FROM sequences q JOIN schemas s ON s.oid = q.relnamespace
        UNION ALL
        -- stored ids: those columns, nothing else of the tables
        SELECT 4, pg_catalog.format('column %I.%I.%I', s.nspname, c.relname, c.attname), c.relowner, true,
               pg_catalog.has_column_privilege('seqwatch', c.attrelid, c.attnum, 'SELECT'),
               pg_catalog.format('GRANT SELECT (%I) ON TABLE %I.%I TO seqwatch', c.attname, s.nspname, c.relname)
          FROM columns c JOIN schemas s ON s.oid = c.relnamespace
        UNION ALL
        SELECT 5, 'future sequences of role ' || pg_catalog.quote_ident(o.rolname), o.oid, true,
               EXISTS (SELECT FROM pg_catalog.pg_default_acl d, pg_catalog.aclexplode(d.defaclacl) g
                        WHERE d.defaclrole = o.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = 'S'
                          AND g.privilege_type = 'SELECT'
                          AND g.grantee = (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = 'seqwatch')),
               pg_catalog.format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT SELECT ON SEQUENCES TO seqwatch', o.rolname)
          FROM pg_catalog.pg_roles o
         WHERE o.oid IN (SELECT relowner FROM sequences)
           AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles r
                            WHERE r.rolname = 'pg_read_all_data' AND pg_catalog.pg_has_role('seqwatch', r.oid, 'USAGE'))
      )
      SELECT c.object, c.command, pg_catalog.pg_get_userbyid(c.owner) AS owner
        FROM candidates c
       WHERE NOT c.granted AND (pass = 1 OR c.needed)
       ORDER BY c.rank, c.object
    LOOP
      IF pass = 1 THEN
        BEGIN
          EXECUTE missing.command;
        EXCEPTION
          WHEN insufficient_privilege OR undefined_table OR undefined_column OR invalid_schema_name THEN
            NULL; -- the second pass reports what still exists
          WHEN OTHERS THEN
            RAISE WARNING '% failed: %', missing.command, SQLERRM;
        END;
        attempts := attempts + 1;
        IF attempts % batch_size = 0 THEN
          COMMIT;
        END IF;
      ELSE
        RAISE WARNING 'not granted: %, owned by %', missing.object, missing.owner;
        not_granted := not_granted + 1;
        IF missing.owner <> ALL (owners) THEN
          owners := owners || missing.owner::text;
        END IF;
      END IF;
    END LOOP;
    COMMIT;
  END LOOP;
  IF not_granted > 0 THEN
    RAISE insufficient_privilege USING
      MESSAGE = pg_catalog.format('%s grants are missing in database %s: the warnings above name them',
        not_granted, pg_catalog.current_database()),
      HINT = 'Run this file again as superuser, or as each of the owners: ' || pg_catalog.array_to_string(owners, ', ');
  END IF;
END
$grants$;
