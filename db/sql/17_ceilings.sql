-- Ceilings: how much one person may do in an hour and in a day, and how many accounts they hold open.
--
-- What is counted are the rows that stay behind anyway: visits, reveals, look-ups and exports in the read
-- log, copies in their registers.  Nothing is kept beside them that could differ.  Whoever is counted holds
-- the head of their own chain until the end of the transaction, so two connections of one person are
-- counted one after the other, and nobody else waits (decision 27).
--
-- A ceiling is a setting, a number or one for each role; its name ends with the span it is about: at once,
-- an hour (sixty minutes back from now), a day (since midnight in Belgrade).

CREATE OR REPLACE FUNCTION ceiling_names() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY['visits_at_once', 'visits_an_hour', 'visits_a_day', 'reveals_an_hour', 'reveals_a_day',
             'look_ups_an_hour', 'look_ups_a_day', 'copies_an_hour', 'copies_a_day', 'exports_a_day',
             'shown_an_hour', 'shown_a_day', 'exact_look_ups_an_hour', 'exact_look_ups_a_day'];
COMMENT ON FUNCTION ceiling_names() IS 'What has a ceiling that can be raised, as app.domain.ceilings has it.';

CREATE OR REPLACE VIEW doing_on_record AS
SELECT login, 'visits' AS what, happened_at AS done_at, ident, detail FROM read_log WHERE kind = 'visit'
UNION ALL
SELECT login, 'reveals', happened_at, ident, detail FROM read_log WHERE kind = 'reveal' AND detail ? 'holder_from'
UNION ALL
SELECT login, 'look_ups', happened_at, ident, detail FROM read_log WHERE kind = 'reveal' AND detail ? 'looked_up'
UNION ALL
SELECT login, 'exports', happened_at, ident, detail FROM read_log WHERE kind = 'export'
UNION ALL
SELECT operator, 'copies', made_at, ident, jsonb_build_object('ggmm', ggmm, 'reason', reason, 'medium', medium)
FROM reissue
UNION ALL
SELECT operator, 'copies', made_at, ident, jsonb_build_object('plan', plan_id, 'paper', paper, 'medium', medium)
FROM plan_paper;
COMMENT ON VIEW doing_on_record IS 'Who did what is counted, and when.';

CREATE OR REPLACE FUNCTION office_midnight(of_moment timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN date_trunc('day', of_moment, 'Europe/Belgrade');
COMMENT ON FUNCTION office_midnight(timestamptz) IS 'When the day of a moment began; moments of logs are the real ones.';

CREATE OR REPLACE FUNCTION ceiling_for(of_value jsonb, of_role text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN jsonb_typeof(of_value) = 'number' THEN of_value::numeric::bigint
            WHEN jsonb_typeof(of_value -> of_role) = 'number' THEN (of_value -> of_role)::numeric::bigint
            WHEN jsonb_typeof(of_value -> 'others') = 'number' THEN (of_value -> 'others')::numeric::bigint END;
COMMENT ON FUNCTION ceiling_for(jsonb, text) IS 'The ceiling of a role by the value of a setting.';

CREATE OR REPLACE FUNCTION visits_held(of_login text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT count(*) FROM visit
            WHERE login = of_login AND closed_at IS NULL AND opened_at > clock_timestamp() - interval '12 hours');
END
$$;

CREATE OR REPLACE FUNCTION ceilings_of(of_login text, of_names text[]) RETURNS TABLE (name text, most bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 3 SET search_path = public, pg_temp AS $$
-- in plpgsql, which remembers how each statement is carried out: it is asked for with every account
DECLARE
    today CONSTANT date := office_day();
BEGIN
    -- a value that nobody can read is no leave to do anything: what counts without a decision counts then
    RETURN QUERY
    SELECT s.name, greatest(coalesce(ceiling_for(s.value, p.role), ceiling_for(setting_default(s.name), p.role), 0),
                            (SELECT max(r.most) FROM ceiling_raise r
                             WHERE r.login = p.login AND r.ceiling = s.name
                               AND r.ended_at IS NULL AND r.last_day >= today))
    FROM staff p CROSS JOIN settings_on(of_names, today) s
    WHERE p.login = of_login;
END
$$;
COMMENT ON FUNCTION ceilings_of(text, text[]) IS
    'The ceilings of somebody who works here, as they were set for the role or raised for the person.';

CREATE OR REPLACE FUNCTION refuse_above(of_what text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    me CONSTANT text := session_user;
    an_hour_ago timestamptz;
    midnight timestamptz;
    this_hour bigint;
    this_day bigint;
    ceiling record;
    counted bigint;
    again_at timestamptz;
BEGIN
    PERFORM next_link('read_log', me);   -- from here on alone among the own connections
    an_hour_ago := clock_timestamp() - interval '1 hour';
    midnight := office_midnight(clock_timestamp());
    SELECT count(*) FILTER (WHERE done_at > an_hour_ago), count(*) FILTER (WHERE done_at >= midnight)
    INTO this_hour, this_day
    FROM doing_on_record
    WHERE login = me AND what = of_what AND done_at >= least(an_hour_ago, midnight);
    FOR ceiling IN
        SELECT * FROM ceilings_of(me, ARRAY[of_what || '_an_hour', of_what || '_a_day', of_what || '_at_once'])
    LOOP
        counted := CASE
            WHEN ceiling.name LIKE '%\_an\_hour' THEN this_hour
            WHEN ceiling.name LIKE '%\_a\_day' THEN this_day
            ELSE visits_held(me)
        END;
        CONTINUE WHEN counted < ceiling.most;
        IF ceiling.name LIKE '%\_an\_hour' THEN
            SELECT done_at + interval '1 hour' INTO again_at FROM doing_on_record
            WHERE login = me AND what = of_what AND done_at > an_hour_ago
            ORDER BY done_at DESC OFFSET greatest(ceiling.most - 1, 0) LIMIT 1;
        ELSIF ceiling.name LIKE '%\_a\_day' THEN
            again_at := office_midnight(midnight + interval '26 hours');   -- a day has 23 to 25 of them
        END IF;
        PERFORM refuse(ceiling.name, jsonb_build_object(
            'counted', counted, 'most', ceiling.most, 'again_at', again_at));
    END LOOP;
END
$$;
COMMENT ON FUNCTION refuse_above(text) IS
    'Refuse, by the name of the ceiling, who did as much of a thing as they may; call before it is written down.';

CREATE OR REPLACE FUNCTION bound_copies() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM refuse_above('copies');
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER bounded BEFORE INSERT ON reissue
    FOR EACH ROW EXECUTE FUNCTION bound_copies();
CREATE OR REPLACE TRIGGER bounded BEFORE INSERT ON plan_paper
    FOR EACH ROW EXECUTE FUNCTION bound_copies();
