-- A limit on guessing that a rollback does not reset.
--
-- Whoever can ask "is this the number?" inside a transaction and then roll it back leaves neither
-- a log row nor a counted attempt behind, and a masked JMBG has only some eight hundred possible
-- middles.  Wrong guesses are counted on a counter of the person's own, which is not rolled back.

DROP FUNCTION IF EXISTS my_misses(), this_day();   -- once counted for whoever shared one of 64 sequences
DO $$
DECLARE
    name regclass;
BEGIN
    FOR name IN SELECT oid::regclass FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
                   AND relname ~ '^misses_[0-9][0-9]$' LOOP
        EXECUTE format('DROP SEQUENCE %s', name);
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION count_miss() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM count_up('missed_day');
END
$$;

CREATE OR REPLACE FUNCTION refuse_guessing() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    missed CONSTANT bigint := counted('missed_day');
    most CONSTANT bigint := coalesce((SELECT c.most FROM ceilings_of(session_user, ARRAY['misses_a_day']) c), 0);
BEGIN
    IF current_setting('transaction_read_only')::boolean THEN
        PERFORM refuse('must_be_recorded');   -- counters and logs cannot be written there
    END IF;
    IF missed >= most THEN
        PERFORM refuse('misses_a_day', jsonb_build_object('counted', missed, 'most', most));
    END IF;
END
$$;
COMMENT ON FUNCTION refuse_guessing() IS
    'Refuse who guessed wrong too often today; call before a comparison, and count_miss() after a wrong one.';
