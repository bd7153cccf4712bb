-- A limit on guessing that a rollback does not reset.
--
-- Whoever can ask "is this the number?" inside a transaction and then roll it back leaves neither
-- a log row nor a counted attempt behind, and a masked JMBG has only some eight hundred possible
-- middles.  Sequences are not rolled back: wrong guesses are counted on one of 64, chosen by login,
-- its value being the day times a million plus the guesses of that day.

DO $$
BEGIN
    FOR place IN 0..63 LOOP
        EXECUTE format('CREATE SEQUENCE IF NOT EXISTS misses_%s AS bigint', to_char(place, 'FM00'));
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION my_misses() RETURNS regclass
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT format('misses_%s', to_char(hashtext(session_user) & 63, 'FM00'))::regclass
$$;

CREATE OR REPLACE FUNCTION this_day() RETURNS bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT floor(extract(epoch FROM clock_timestamp()) / 86400)::bigint * 1000000
$$;

CREATE OR REPLACE FUNCTION count_miss() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF nextval(my_misses()) / 1000000 <> this_day() / 1000000 THEN
        PERFORM setval(my_misses(), this_day() + 1);
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION refuse_guessing() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    allowed CONSTANT int := 100;   -- a day, by all whose logins share the sequence
    counted bigint;
BEGIN
    IF current_setting('transaction_read_only')::boolean THEN
        PERFORM refuse('must_be_recorded');   -- sequences and logs cannot be written there
    END IF;
    EXECUTE format('SELECT last_value FROM %s', my_misses()) INTO counted;
    IF counted - this_day() >= allowed THEN
        PERFORM refuse('too_many_attempts');
    END IF;
END
$$;
COMMENT ON FUNCTION refuse_guessing() IS
    'Refuse who guessed wrong too often today; call before a comparison, and count_miss() after a wrong one.';
