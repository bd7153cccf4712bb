-- What no date and no sum can be, on every table alike: kept here and not by hand in migrations, so that
-- no column is forgotten.  Partitions have it of their parents.
--
-- A day before 1900 or after 2100, or an infinite one, is taken by SQL and read by no window; NaN
-- compares as larger than all, infinity included, so one comparison keeps both out of sums.

CREATE OR REPLACE FUNCTION keep_bounds() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT c.oid::regclass AS of_table, format('ck_%s_%s', c.relname, kind.name) AS name,
               array_agg(a.attnum ORDER BY a.attnum) AS places,
               string_agg(format(kind.rule, a.attname), ' AND ' ORDER BY a.attnum) AS rule
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN (VALUES ('days_readable', 'date'::regtype, '%1$I BETWEEN ''1900-01-01'' AND ''2100-12-31'''),
                     ('sums_finite', 'numeric', '%1$I > ''-Infinity'' AND %1$I < ''Infinity'''))
             AS kind (name, type, rule) ON kind.type = a.atttypid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = 'salter_owner')
        GROUP BY c.oid, c.relname, kind.name
    LOOP
        CONTINUE WHEN EXISTS (
            SELECT FROM pg_constraint k
            WHERE k.conrelid = wanted.of_table AND k.conname = wanted.name
              AND ARRAY(SELECT unnest(k.conkey) ORDER BY 1) = wanted.places);
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', wanted.of_table, wanted.name);
        -- not under the lock that adding takes
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (%s) NOT VALID',
                       wanted.of_table, wanted.name, wanted.rule);
        EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', wanted.of_table, wanted.name);
    END LOOP;
END
$$;
COMMENT ON FUNCTION keep_bounds() IS
    'Hold every date of every table to 1900-2100, and every sum to numbers that can be added.';

SELECT keep_bounds();
