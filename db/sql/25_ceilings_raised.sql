-- A ceiling raised for a task: by a supervisor, for somebody else, with a reason, so far and so long as settings allow.

CREATE OR REPLACE FUNCTION raise_ceiling(
    of_login text, of_ceiling text, to_most bigint, until_day date, because text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me CONSTANT text := session_user;
    today CONSTANT date := office_day();
    furthest CONSTANT date := today + setting_on('ceiling_raise_days', today)::int - 1;
    now_most bigint;
    base bigint;
    largest bigint;
    raise_id bigint;
BEGIN
    PERFORM must_supervise();
    IF of_login = me THEN
        PERFORM refuse('ceiling_own');
    END IF;
    SELECT c.most, coalesce(ceiling_for(setting_on(of_ceiling, today), p.role),
                            ceiling_for(setting_default(of_ceiling), p.role))
    INTO now_most, base
    FROM staff p CROSS JOIN ceilings_of(of_login, ARRAY[of_ceiling]) c
    WHERE p.login = of_login AND p.is_active AND of_ceiling = ANY (ceiling_names());
    IF base IS NULL THEN
        PERFORM refuse('ceiling_unknown');
    END IF;
    IF btrim(coalesce(because, '')) = '' THEN
        PERFORM refuse('reason_missing');
    END IF;
    largest := base * setting_on('ceiling_raise_percent', today)::bigint / 100;
    IF to_most IS NULL OR to_most <= now_most OR to_most > largest THEN
        PERFORM refuse('ceiling_size', jsonb_build_object('above', now_most, 'most', largest));
    END IF;
    IF until_day IS NULL OR until_day < today OR until_day > furthest THEN
        PERFORM refuse('ceiling_days', jsonb_build_object('last_day', furthest));
    END IF;
    PERFORM next_link('audit_log', me);   -- from here on alone among the own connections
    PERFORM refuse_beyond('ceiling_raises_too_many',
        (SELECT count(*) + 1 FROM ceiling_raise
         WHERE raised_by = me AND raised_at >= office_midnight(clock_timestamp())), 'ceiling_raises_a_day');
    INSERT INTO ceiling_raise (login, ceiling, most, last_day, reason, raised_by, raised_at)
    VALUES (of_login, of_ceiling, to_most, until_day, btrim(because), me, clock_timestamp())
    RETURNING id INTO raise_id;
    RETURN raise_id;
END
$$;
COMMENT ON FUNCTION raise_ceiling(text, text, bigint, date, text) IS
    'Let somebody do more than the setting says, until the end of a day; the id of the record.';

CREATE OR REPLACE FUNCTION end_raise(of_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_supervise();
    UPDATE ceiling_raise SET ended_by = session_user, ended_at = clock_timestamp()
    WHERE id = of_id AND ended_at IS NULL AND last_day >= office_day();
    IF NOT FOUND THEN
        PERFORM refuse('ceiling_raise_over');
    END IF;
END
$$;
COMMENT ON FUNCTION end_raise(bigint) IS 'Let a raised ceiling be again what the setting says, from now on.';
