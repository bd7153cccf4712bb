-- Counters that no rollback sets back: for each person, each thing that is counted and each span of time.
--
-- A transaction takes back every row it wrote, but sequences stand outside of transactions: what is counted
-- on one stays counted.  Its value is the number of the hour or day times a thousand million, and how often
-- it was counted in that hour or day; so a new span begins at nought by itself, and nothing runs at night.
-- Whoever is taken on gets their counters by a trigger of the staff list, and with a row they go.

CREATE OR REPLACE FUNCTION counter_names() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY['shown_an_hour', 'shown_a_day', 'exact_look_ups_an_hour', 'exact_look_ups_a_day', 'missed_day'];
COMMENT ON FUNCTION counter_names() IS 'What is counted for everybody; the last word is the span, hour or day.';

-- The planner puts these three in the place of their calls, which is a third of what a search costs beyond
-- itself; so they have no search_path of their own, and their bodies are parsed when created.

CREATE OR REPLACE FUNCTION counter_name(of_login text, of_name text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
-- a login may be longer than the name of a sequence
RETURN 'counted_' || of_name || '_' || left(encode(sha256(convert_to(of_login, 'UTF8')), 'hex'), 24);

CREATE OR REPLACE FUNCTION counter_of(of_login text, of_name text) RETURNS regclass
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_regclass('public.' || counter_name(of_login, of_name));

CREATE OR REPLACE FUNCTION counter_start(of_name text) RETURNS bigint
LANGUAGE sql VOLATILE
RETURN CASE WHEN of_name LIKE '%\_hour' THEN floor(extract(epoch FROM clock_timestamp()) / 3600)::bigint
            ELSE ((clock_timestamp() AT TIME ZONE 'Europe/Belgrade')::date - DATE '2000-01-01')::bigint
       END * 1000000000;

CREATE OR REPLACE FUNCTION counted(of_name text, of_login text DEFAULT session_user) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RETURN greatest(0, coalesce(pg_sequence_last_value(counter_of(of_login, of_name)), 0) - counter_start(of_name));
END
$$;
COMMENT ON FUNCTION counted(text, text) IS 'How much of a thing somebody was counted in this hour or day.';

CREATE OR REPLACE FUNCTION count_up(of_name text, by integer DEFAULT 1) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET plan_cache_mode = auto AS $$
DECLARE
    counter CONSTANT regclass := counter_of(session_user, of_name);
    start CONSTANT bigint := counter_start(of_name);
BEGIN
    IF current_setting('transaction_read_only')::boolean THEN
        PERFORM refuse('must_be_recorded');   -- there no sequence can be moved
    END IF;
    IF counter IS NULL THEN
        PERFORM refuse('not_serving');
    END IF;
    IF coalesce(pg_sequence_last_value(counter), 0) < start THEN
        PERFORM setval(counter, start + by);
    ELSIF by = 1 THEN
        PERFORM nextval(counter);
    ELSE
        -- one by one: setval() would lose what another connection of the same person counts meanwhile
        PERFORM nextval(counter) FROM generate_series(1, by);
    END IF;
END
$$;
COMMENT ON FUNCTION count_up(text, integer) IS
    'Count for whoever is signed in; the caller has refused beforehand what is over its ceiling.';

CREATE OR REPLACE FUNCTION make_counters(of_login text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY counter_names() LOOP
        CONTINUE WHEN counter_of(of_login, name) IS NOT NULL;
        EXECUTE format('CREATE SEQUENCE %s AS bigint', counter_name(of_login, name));
        EXECUTE format('COMMENT ON SEQUENCE %s IS %L', counter_name(of_login, name), name || ' of ' || of_login);
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION follow_staff() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    name text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM make_counters(NEW.login);
    ELSE   -- who only left keeps them: what was counted today is still to be read
        FOREACH name IN ARRAY counter_names() LOOP
            EXECUTE format('DROP SEQUENCE IF EXISTS %s', counter_of(OLD.login, name));
        END LOOP;
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER counted AFTER INSERT OR DELETE ON staff
    FOR EACH ROW EXECUTE FUNCTION follow_staff();

DO $$ BEGIN PERFORM make_counters(login) FROM staff; END $$;   -- whoever was here before there were counters
