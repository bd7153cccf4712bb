-- What no date, no sum and no document can be, on every table alike: kept here and not by hand in migrations, so that
-- no column is forgotten.  Partitions have it of their parents.
--
-- A day before 1900 or after 2100, or an infinite one, is taken by SQL and read by no window; NaN
-- compares as larger than all, infinity included, so one comparison keeps both out of sums; what has a
-- precision holds no infinity, and is asked no second one.  A document
-- may hold numbers of fifty thousand digits and be four thousand deep: no window reads either.

CREATE OR REPLACE FUNCTION is_readable_json(kept jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN NOT (jsonb_path_exists(kept, 'strict $.**{33 to last}')
            OR jsonb_path_exists(kept, 'strict $.** ? (@.type() == "number" && (@ > 1e15 || @ < -1e15))'));
COMMENT ON FUNCTION is_readable_json(jsonb) IS
    'False for documents deeper than any form, and for numbers beyond any sum.';

CREATE OR REPLACE FUNCTION keep_bounds() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT c.oid::regclass AS of_table, format('ck_%s_%s', c.relname, kind.name) AS name,
               array_agg(a.attnum ORDER BY a.attnum) AS places,
               string_agg(format(CASE WHEN kind.name = 'sums_finite' AND a.atttypmod < 0
                                      THEN '%1$I > ''-Infinity'' AND ' || kind.rule ELSE kind.rule END,
                                 a.attname), ' AND ' ORDER BY a.attnum) AS rule
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN (VALUES ('days_readable', 'date'::regtype, '%1$I BETWEEN ''1900-01-01'' AND ''2100-12-31'''),
                     ('sums_finite', 'numeric', '%1$I < ''Infinity'''),
                     ('json_readable', 'jsonb', 'is_readable_json(%1$I)'))
             AS kind (name, type, rule) ON kind.type = a.atttypid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = 'salter_owner')
          -- what the audit holds was a row before
          AND NOT (kind.name = 'json_readable' AND c.relname = 'audit_log')
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
        BEGIN
            EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', wanted.of_table, wanted.name);
        EXCEPTION WHEN check_violation THEN
            IF wanted.name !~ '_json_readable$' THEN
                RAISE;
            END IF;
            RAISE WARNING 'rows of % hold what no window reads: they are shown as faulty', wanted.of_table;
        END;
    END LOOP;
END
$$;
COMMENT ON FUNCTION keep_bounds() IS
    'Hold every date to 1900-2100, every sum to numbers that can be added, every document to what can be read.';

SELECT keep_bounds();
