-- Numbers of registers: one after another in a branch and year, and nobody waits for anybody's.
--
-- A number is kept for whoever takes it until their transaction ends, and not by a row that the next one must
-- lock: who finds it kept takes the one after it.  One that is given back, because its transaction came to
-- nothing, is the lowest that is free, and so the next that is taken.  What is in `change_serial` and
-- `plan_serial` are the numbers up to which all are used, written by `salter-db tidy`, so that no more of a
-- year has to be looked through than was filed since.

CREATE OR REPLACE FUNCTION is_number_ours(register integer, of_branch smallint, of_year smallint, serial integer)
RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT pg_try_advisory_xact_lock(((register * 200 + of_year - 1950)::bigint * 32768 + of_branch) * 16777216 + serial)
$$;
COMMENT ON FUNCTION is_number_ours(integer, smallint, smallint, integer) IS
    'Keep a number until the transaction ends, unless somebody else does; never waits.  1 are requests, 2 contracts.';

CREATE OR REPLACE FUNCTION close_numbers() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    closed integer := 0;
    counted integer;
BEGIN
    INSERT INTO change_serial (branch_id, year, last_serial)
    SELECT DISTINCT branch_id, number_year, 0 FROM change_request WHERE number_serial IS NOT NULL
    ON CONFLICT DO NOTHING;
    INSERT INTO plan_serial (branch_id, year, last_serial)
    SELECT DISTINCT branch_id, number_year, 0 FROM plan WHERE number_serial IS NOT NULL
    ON CONFLICT DO NOTHING;
    UPDATE change_serial s SET last_serial = reached.serial
    FROM (SELECT t.branch_id, t.year, max(r.number_serial) AS serial
          FROM change_serial t
          JOIN LATERAL (SELECT number_serial, row_number() OVER (ORDER BY number_serial) AS place
                        FROM change_request
                        WHERE branch_id = t.branch_id AND number_year = t.year AND number_serial > t.last_serial) r
               ON r.number_serial = t.last_serial + r.place
          GROUP BY 1, 2) reached
    WHERE s.branch_id = reached.branch_id AND s.year = reached.year;
    GET DIAGNOSTICS closed = ROW_COUNT;
    UPDATE plan_serial s SET last_serial = reached.serial
    FROM (SELECT t.branch_id, t.year, max(r.number_serial) AS serial
          FROM plan_serial t
          JOIN LATERAL (SELECT number_serial, row_number() OVER (ORDER BY number_serial) AS place
                        FROM plan
                        WHERE branch_id = t.branch_id AND number_year = t.year AND number_serial > t.last_serial) r
               ON r.number_serial = t.last_serial + r.place
          GROUP BY 1, 2) reached
    WHERE s.branch_id = reached.branch_id AND s.year = reached.year;
    GET DIAGNOSTICS counted = ROW_COUNT;
    RETURN closed + counted;
END
$$;
COMMENT ON FUNCTION close_numbers() IS
    'Write down up to which number all are used, for each register; return for how many it went on.';
