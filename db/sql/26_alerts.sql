-- Alerts: who came near a ceiling or to it, for those who oversee them; and what they found.
--
-- An alert is no row but a question to the logs: which people did in an hour of the clock, in a day or at
-- once as much as the setting ceiling_alert_percent says.  A ceiling is about any sixty minutes; whoever
-- reaches it has done half of it at least within one hour of the clock, so at fifty percent nobody reaches
-- one unseen.  Only that it was looked at is written down.

CREATE OR REPLACE FUNCTION overseen() RETURNS SETOF staff
LANGUAGE sql STABLE SECURITY DEFINER ROWS 30 SET search_path = public, pg_temp AS $$
    -- a supervisor's are the people of the branch, and those of branches where no other supervisor is
    SELECT p.* FROM staff me JOIN staff p ON p.login <> me.login
    WHERE me.login = session_user AND me.is_active
      AND (pg_has_role(session_user, 'desk_admin', 'MEMBER')
           OR pg_has_role(session_user, 'desk_supervisor', 'MEMBER')
              AND (p.branch_id = me.branch_id
                   OR NOT EXISTS (SELECT FROM staff other
                                  WHERE other.branch_id = p.branch_id AND other.role = 'desk_supervisor'
                                    AND other.is_active AND other.login <> p.login)))
$$;
COMMENT ON FUNCTION overseen() IS
    'Whose alerts whoever asks is told: never the own; an administrator is told everybody''s.';

CREATE OR REPLACE FUNCTION must_oversee(of_login text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM overseen() WHERE login = of_login) THEN
        PERFORM refuse('not_overseen');
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION spans_of_doing(since timestamptz)
RETURNS TABLE (login text, role text, ceiling text, began_at timestamptz, counted bigint, last_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH people AS MATERIALIZED (SELECT p.login, p.role FROM overseen() p),
    hours AS MATERIALIZED (
        SELECT p.login, p.role, d.what, d.hour, d.counted, d.last_at
        FROM people p CROSS JOIN LATERAL (
            SELECT r.what, date_trunc('hour', r.done_at, 'Europe/Belgrade') AS hour, count(*) AS counted,
                   max(r.done_at) AS last_at
            FROM doing_on_record r WHERE r.login = p.login AND r.done_at >= since
            GROUP BY 1, 2
        ) d
    )
    SELECT h.login, h.role, h.what || '_an_hour', h.hour, h.counted, h.last_at FROM hours h
    UNION ALL
    SELECT h.login, h.role, h.what || '_a_day', office_midnight(h.hour), sum(h.counted)::bigint, max(h.last_at)
    FROM hours h GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT p.login, p.role, 'visits_at_once', office_midnight(clock_timestamp()), count(*), max(v.opened_at)
    FROM people p JOIN visit v USING (login)
    WHERE v.closed_at IS NULL AND v.opened_at > clock_timestamp() - interval '12 hours'
    GROUP BY 1, 2
    UNION ALL   -- when the last of them was, no counter knows
    SELECT p.login, p.role, 'misses_a_day', office_midnight(clock_timestamp()), counted('missed_day', p.login),
           clock_timestamp()
    FROM people p
    UNION ALL   -- nor of searches, and of those only what this hour and this day have counted
    SELECT p.login, p.role, c.name,
           CASE WHEN c.name LIKE '%\_an\_hour' THEN date_trunc('hour', clock_timestamp())
                ELSE office_midnight(clock_timestamp()) END,
           counted(c.name, p.login), clock_timestamp()
    FROM people p CROSS JOIN unnest(counter_names()) AS c (name) WHERE c.name <> 'missed_day'
$$;
COMMENT ON FUNCTION spans_of_doing(timestamptz) IS
    'What those that are overseen did, by hours of the clock and by days, and what they hold open now.';

CREATE OR REPLACE FUNCTION alerts()
RETURNS TABLE (login text, full_name text, branch text, ceiling text, counted bigint, most bigint,
               began_at timestamptz, last_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 10 SET search_path = public, pg_temp AS $$
    WITH marks AS MATERIALIZED (
        SELECT setting_on('ceiling_alert_percent', office_day())::numeric / 100 AS part,
               office_midnight(clock_timestamp())
               - make_interval(days => setting_on('ceiling_alert_days', office_day())::int - 1) AS since
    ), spans AS MATERIALIZED (
        SELECT s.*, (s.began_at AT TIME ZONE 'Europe/Belgrade')::date AS on_day FROM spans_of_doing((SELECT since FROM marks)) s
    ), settings AS MATERIALIZED (
        SELECT d.on_day, s.name, s.value
        FROM (SELECT DISTINCT on_day FROM spans) d CROSS JOIN LATERAL settings_on(ceiling_names() || ARRAY['misses_a_day'], d.on_day) s
    ), near AS MATERIALIZED (
        SELECT s.*, m.part, coalesce(ceiling_for(c.value, s.role), ceiling_for(setting_default(c.name), s.role)) AS most
        FROM spans s JOIN settings c ON c.on_day = s.on_day AND c.name = s.ceiling CROSS JOIN marks m
        WHERE s.counted >= coalesce(ceiling_for(c.value, s.role), ceiling_for(setting_default(c.name), s.role)) * m.part
    ), measured AS (
        SELECT n.login, n.ceiling, n.counted, n.began_at, n.last_at, n.part, greatest(n.most, (
                   SELECT max(r.most) FROM ceiling_raise r
                   WHERE r.login = n.login AND r.ceiling = n.ceiling AND r.raised_at <= n.last_at
                     AND coalesce(r.ended_at, 'infinity') > n.began_at
                     AND (r.last_day >= n.on_day OR r.last_day >= office_day()))) AS most
        FROM near n
    )
    SELECT m.login, p.full_name, b.name, m.ceiling, m.counted, m.most, m.began_at, m.last_at
    FROM measured m JOIN staff p USING (login) JOIN branch b ON b.id = p.branch_id
    WHERE m.counted >= m.most * m.part
      -- what was looked at comes back once the ceiling itself is reached
      AND NOT EXISTS (SELECT FROM alert_seen a
                      WHERE a.login = m.login AND a.began_at = m.began_at AND a.ceiling = m.ceiling
                        AND (m.counted < m.most OR a.counted >= a.most))
    ORDER BY m.counted < m.most, m.last_at DESC, m.login, m.ceiling
$$;
COMMENT ON FUNCTION alerts() IS 'Who did as much as is told of, those first who reached a ceiling, until somebody has looked.';

CREATE OR REPLACE FUNCTION see_alert(of_login text, of_ceiling text, of_began_at timestamptz, because text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_oversee(of_login);
    IF btrim(coalesce(because, '')) = '' THEN
        PERFORM refuse('reason_missing');
    END IF;
    INSERT INTO alert_seen (login, ceiling, began_at, counted, most, reason, seen_by, seen_at)
    SELECT a.login, a.ceiling, a.began_at, a.counted, a.most, btrim(because), session_user, clock_timestamp()
    FROM alerts() a
    WHERE a.login = of_login AND a.ceiling = of_ceiling AND a.began_at = of_began_at;
    IF NOT FOUND THEN
        PERFORM refuse('alert_gone');
    END IF;
END
$$;
COMMENT ON FUNCTION see_alert(text, text, timestamptz, text) IS
    'Write down that an alert was looked at and what was found; how much it was is counted anew.';

CREATE OR REPLACE FUNCTION doings_of(
    of_login text, of_what text, since timestamptz, until timestamptz, before timestamptz, at_most integer)
RETURNS TABLE (done_at timestamptz, what text, ident integer, name text, address text, detail jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_oversee(of_login);
    RETURN QUERY
    SELECT d.done_at, d.what, d.ident, s.name, s.address, d.detail
    FROM (SELECT * FROM doing_on_record r
          WHERE r.login = of_login AND (of_what IS NULL OR r.what = of_what)
            AND r.done_at >= since AND r.done_at < until AND (before IS NULL OR r.done_at < before)
          ORDER BY r.done_at DESC FETCH FIRST (least(greatest(at_most, 1), 1000)) ROWS WITH TIES) d
    LEFT JOIN account_search s ON s.ident = d.ident AND may_serve()
    ORDER BY d.done_at DESC;
END
$$;
COMMENT ON FUNCTION doings_of(text, text, timestamptz, timestamptz, timestamptz, integer) IS
    'What somebody who is overseen did, the latest first; names for those who serve.';

CREATE OR REPLACE FUNCTION standing_of(of_login text) RETURNS TABLE (ceiling text, counted bigint, most bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 11 SET search_path = public, pg_temp AS $$
DECLARE
    an_hour_ago CONSTANT timestamptz := clock_timestamp() - interval '1 hour';
    midnight CONSTANT timestamptz := office_midnight(clock_timestamp());
BEGIN
    IF NOT is_in('desk_supervisor') OR of_login = session_user THEN
        PERFORM must_oversee(of_login);   -- a supervisor may raise a ceiling for anybody else
    END IF;
    RETURN QUERY
    WITH done AS (
        SELECT d.what, count(*) FILTER (WHERE d.done_at > an_hour_ago) AS this_hour,
               count(*) FILTER (WHERE d.done_at >= midnight) AS this_day
        FROM doing_on_record d
        WHERE d.login = of_login AND d.done_at >= least(an_hour_ago, midnight) GROUP BY d.what
    )
    SELECT c.name,
           CASE c.name
               WHEN 'misses_a_day' THEN counted('missed_day', of_login)
               WHEN 'visits_at_once' THEN visits_held(of_login)
               ELSE CASE WHEN c.name = ANY (counter_names()) THEN counted(c.name, of_login) ELSE coalesce((SELECT CASE WHEN c.name LIKE '%\_an\_hour' THEN d.this_hour ELSE d.this_day END
                              FROM done d WHERE c.name IN (d.what || '_an_hour', d.what || '_a_day')), 0) END
           END, c.most
    FROM ceilings_of(of_login, ceiling_names() || ARRAY['misses_a_day']) c;
END
$$;
COMMENT ON FUNCTION standing_of(text) IS 'How much somebody did by now of what they may, wrong data included.';
