-- The least that a monitor's role needs, for PostgreSQL 10 to 18. Run it in each database to be watched, as superuser or as
-- the owner of the objects, with any client; run it again after new tables, or grant what the finding InsufficientPrivileges lists.
-- It creates no password: ALTER ROLE seqwatch PASSWORD '…'.
--
-- From PostgreSQL 14 on one grant does all of it, also for tables to come, and lets the role read every row:
--   CREATE ROLE seqwatch LOGIN; GRANT pg_read_all_data TO seqwatch;
DO $grants$
DECLARE
  statement text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'seqwatch') THEN
    CREATE ROLE seqwatch LOGIN NOINHERIT CONNECTION LIMIT 10;
  END IF;
  EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO seqwatch', pg_catalog.current_database());

  FOR statement IN
    WITH RECURSIVE schemas AS (
      SELECT oid, nspname, nspowner FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    ),
    -- columns that draw from a sequence: identity, and defaults that call nextval
    drawing AS (
      SELECT a.attrelid, a.attname
        FROM pg_catalog.pg_attribute a
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE NOT a.attisdropped
         AND (a.attidentity <> '' OR pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%')
    ),
    -- and the same columns of partitions and children
    columns AS (
      SELECT attrelid, attname FROM drawing
      UNION
      SELECT i.inhrelid, c.attname FROM columns c JOIN pg_catalog.pg_inherits i ON i.inhparent = c.attrelid
    ),
    creators AS (
      SELECT DISTINCT o.rolname
        FROM pg_catalog.pg_class c JOIN schemas s ON s.oid = c.relnamespace JOIN pg_catalog.pg_roles o ON o.oid = c.relowner
       WHERE c.relkind = 'S' AND pg_catalog.pg_has_role(o.oid, 'MEMBER')
    )
    -- positions: SELECT does not allow nextval, USAGE on a sequence would
    SELECT pg_catalog.format('GRANT USAGE ON SCHEMA %I TO seqwatch', nspname) FROM schemas
    UNION ALL
    SELECT pg_catalog.format('GRANT SELECT ON ALL SEQUENCES IN SCHEMA %I TO seqwatch', nspname) FROM schemas
    UNION ALL
    SELECT pg_catalog.format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT SELECT ON SEQUENCES TO seqwatch', rolname) FROM creators
    UNION ALL
    -- stored ids: those columns, nothing else of the tables
    SELECT pg_catalog.format('GRANT SELECT (%I) ON TABLE %I.%I TO seqwatch', c.attname, s.nspname, t.relname)
      FROM columns c JOIN pg_catalog.pg_class t ON t.oid = c.attrelid JOIN schemas s ON s.oid = t.relnamespace
     WHERE t.relkind IN ('r', 'p')
  LOOP
    EXECUTE statement;
  END LOOP;
END
$grants$;
