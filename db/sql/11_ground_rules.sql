-- Ground rules, on which every file after this stands: how to refuse, who is asking and whose account
-- they may read, which day it is and what is set for it, and what may stand on one line.
--
-- Identity is session_user, always: SET ROLE changes current_user only.  Every
-- function fixes its search_path, with pg_temp last, so that nothing a session
-- creates can stand in for a table or function of ours.
--
-- Evidence comes before disclosure: what a transaction has written can be taken back by rolling
-- it back, so nothing is shown on the strength of a row of the same transaction.  now() is the
-- moment the transaction began; a row of its own is never earlier.

CREATE OR REPLACE FUNCTION refuse(rule text, facts jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'SA001', MESSAGE = rule, DETAIL = facts::text;
END
$$;
COMMENT ON FUNCTION refuse(text, jsonb) IS
    'Refuse by a rule''s name; db/errors.py turns the name into an error the window has words for.';

-- Who is asking ------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION my_branch() RETURNS smallint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT branch_id FROM staff WHERE login = session_user AND is_active
$$;

CREATE OR REPLACE FUNCTION may_serve() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM staff WHERE login = session_user AND is_active)
       AND (pg_has_role(session_user, 'desk_agent', 'MEMBER')
            OR pg_has_role(session_user, 'desk_clerk', 'MEMBER')
            OR pg_has_role(session_user, 'desk_supervisor', 'MEMBER'))
$$;

CREATE OR REPLACE FUNCTION is_in(desk_role text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_serve() AND (pg_has_role(session_user, desk_role, 'MEMBER')
                            OR desk_role = 'desk_clerk' AND pg_has_role(session_user, 'desk_supervisor', 'MEMBER'))
$$;
COMMENT ON FUNCTION is_in(text) IS 'True for staff of a desk role; a supervisor may do what a clerk may.';

CREATE OR REPLACE FUNCTION must_verify() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT (pg_has_role(session_user, 'desk_clerk', 'MEMBER')
                OR pg_has_role(session_user, 'desk_supervisor', 'MEMBER'))
$$;
COMMENT ON FUNCTION must_verify() IS
    'True for who serves only by telephone: nothing is disclosed before the caller is verified.';

CREATE OR REPLACE FUNCTION must_supervise() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_in('desk_supervisor') THEN
        PERFORM refuse('not_serving');
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION queue_branch(of_branch smallint) RETURNS smallint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_in('desk_clerk') THEN
        PERFORM refuse('not_serving');
    END IF;
    -- a clerk works for the own branch, a supervisor for any or all
    RETURN CASE WHEN is_in('desk_supervisor') THEN of_branch ELSE my_branch() END;
END
$$;

CREATE OR REPLACE FUNCTION who_am_i()
RETURNS TABLE (login text, full_name text, role text, branch_id smallint, branch_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.login, s.full_name, s.role, s.branch_id, b.name
    FROM staff s JOIN branch b ON b.id = s.branch_id
    WHERE s.login = session_user AND s.is_active
$$;

-- Whose account they may read ----------------------------------------------------------------------

CREATE OR REPLACE FUNCTION visited_idents() RETURNS integer[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(ident), '{}')
    FROM visit
    WHERE login = session_user AND closed_at IS NULL AND may_serve()
      -- committed before, and not outlived by a transaction kept open, in which now() stands still
      AND opened_at < now() AND opened_at > clock_timestamp() - interval '12 hours'
$$;

CREATE OR REPLACE FUNCTION readable_idents() RETURNS integer[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(ident), '{}')
    FROM visit
    WHERE login = session_user AND closed_at IS NULL AND may_serve()
      AND opened_at < now() AND opened_at > clock_timestamp() - interval '12 hours'
      AND (verified_at < now() OR NOT must_verify())
$$;
COMMENT ON FUNCTION readable_idents() IS 'The accounts whose rows the row policies show to this session.';

CREATE OR REPLACE FUNCTION must_read(wanted_ident integer) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (wanted_ident = ANY (readable_idents())) IS NOT TRUE THEN
        PERFORM refuse('visit_not_open', jsonb_build_object('ident', wanted_ident));
    END IF;
END
$$;

-- Days and months ----------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION office_day() RETURNS date
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    -- by the clock: a transaction kept open since yesterday signs with today
    SELECT (clock_timestamp() AT TIME ZONE 'Europe/Belgrade')::date
$$;

-- What is in force on a day, as app.domain.validity has it; a law holds one against the other.  The
-- planner reads through is_in_force() and settings_on(), so neither is STRICT nor has a search_path of
-- its own: their bodies are parsed when created.

CREATE OR REPLACE FUNCTION is_in_force(valid_from date, valid_to date, on_day date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN valid_from <= on_day AND (valid_to IS NULL OR valid_to > on_day);
COMMENT ON FUNCTION is_in_force(date, date, date) IS 'True where a day is in [valid_from, valid_to), which may have no end.';

CREATE OR REPLACE FUNCTION setting_default(of_name text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '{"caller_private_datum": true, "ceiling_alert_days": 7, "ceiling_alert_percent": 50, "ceiling_raise_days": 7, "ceiling_raise_percent": 300,
         "ceiling_raises_a_day": 40, "change_claim_minutes": 15, "change_cutoff_day": 20, "change_deadline_days": {},
         "change_paper_day_bytes": 524288000, "change_paper_most_bytes": 15728640, "change_papers_most": 40,
         "change_received_days": 60, "change_reporting_days": 8, "changes_a_day": 400, "connections_a_person": 16,
         "copies_a_day": 800, "copies_an_hour": 200, "discount_debt": "with_plans",
         "discount_earned_by": "all_in_time", "email_consent_wording": {"version": 1},
         "exact_look_ups_a_day": 800, "exact_look_ups_an_hour": 200, "exports_a_day": 60, "idents_a_day": 40,
         "look_ups_a_day": 300, "look_ups_an_hour": 80, "misses_a_day": 100, "payment_case_order": "costs_months",
         "payment_without_month": "by_hand", "plan_interest_on_paid": "stays", "preferences_most": 500,
         "programme_bounds": {"percent": 50, "instalments": 60}, "programme_days_before_signing": 1,
         "reveals_a_day": 250, "reveals_an_hour": 60, "shown_a_day": 80000, "shown_an_hour": 20000,
         "visits_a_day": {"desk_agent": 800, "desk_supervisor": 2500, "others": 1500},
         "visits_an_hour": {"desk_agent": 150, "desk_supervisor": 600, "others": 400},
         "visits_at_once": {"desk_agent": 60, "others": 250}}'::jsonb -> of_name;
COMMENT ON FUNCTION setting_default(text) IS
    'What counts of a setting on a day for which nobody decided anything, as app.domain.settings has it.';

CREATE OR REPLACE FUNCTION settings_on(of_names text[], on_day date)
RETURNS TABLE (name text, value jsonb, is_unconfirmed boolean)
LANGUAGE sql STABLE ROWS 4 PARALLEL SAFE
BEGIN ATOMIC
    SELECT wanted.name, coalesce(s.value, setting_default(wanted.name)), coalesce(s.is_unconfirmed, true)
    FROM unnest(of_names) AS wanted (name)
    LEFT JOIN LATERAL (
        SELECT setting.value, setting.is_unconfirmed FROM setting
        WHERE setting.name = wanted.name AND is_in_force(setting.valid_from, NULL, on_day)
        ORDER BY setting.valid_from DESC LIMIT 1
    ) s ON true
    WHERE coalesce(s.value, setting_default(wanted.name)) IS NOT NULL;
END;
COMMENT ON FUNCTION settings_on(text[], date) IS
    'Settings in force on a day, with whether nobody vouches for one; without a value those that have no default.';

CREATE OR REPLACE FUNCTION setting_on(of_name text, on_day date) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT value FROM settings_on(ARRAY[of_name], on_day)
$$;

CREATE OR REPLACE FUNCTION ggmm_day(ggmm integer) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN make_date(2000 + ggmm / 100, ggmm % 100, 1);
COMMENT ON FUNCTION ggmm_day(integer) IS 'The first day of a month written YYMM.';

CREATE OR REPLACE FUNCTION next_working_day(day date) RETURNS date
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    WHILE extract(isodow FROM day) > 5
          OR EXISTS (SELECT FROM setting WHERE name = 'holidays' AND value ? day::text) LOOP
        day := day + 1;
    END LOOP;
    RETURN day;
END
$$;

-- What is written ----------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION is_one_line(typed text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN typed !~ '[\u0001-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\uFEFF]';
COMMENT ON FUNCTION is_one_line(text) IS
    'False for line breaks, control characters and signs that turn the direction of writing.';

CREATE OR REPLACE FUNCTION is_plain(typed text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN is_one_line(translate(typed, E'\n\r\t', ''));

CREATE OR REPLACE FUNCTION is_iso_day(typed text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN typed ~ '^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$'
       AND make_date(left(typed, 4)::int, substr(typed, 6, 2)::int, right(typed, 2)::int) IS NOT NULL;
EXCEPTION WHEN datetime_field_overflow THEN
    RETURN false;
END
$$;
