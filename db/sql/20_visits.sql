-- Visits: an account is opened with a purpose, and for a caller once it is known who calls.

CREATE OR REPLACE FUNCTION open_visit(wanted_ident integer, with_purpose text, by_channel text)
RETURNS TABLE (visit_id bigint, is_verified boolean, must_verify boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held visit%ROWTYPE;
BEGIN
    IF NOT may_serve() THEN
        PERFORM refuse('not_serving');
    END IF;
    -- a request for a new account is looked at before there is one
    IF NOT EXISTS (SELECT FROM account WHERE ident = wanted_ident
                   UNION ALL SELECT FROM reserved_ident WHERE ident = wanted_ident) THEN
        PERFORM refuse('account_unknown', jsonb_build_object('ident', wanted_ident));
    END IF;
    UPDATE visit SET closed_at = now()
    WHERE login = session_user AND ident = wanted_ident AND closed_at IS NULL
      AND opened_at <= now() - interval '11 hours';
    INSERT INTO visit (ident, login, branch_id, purpose, channel, opened_at)
    VALUES (wanted_ident, session_user, my_branch(), with_purpose, by_channel, now())
    ON CONFLICT (login, ident) WHERE closed_at IS NULL DO NOTHING
    RETURNING * INTO held;
    IF held.id IS NULL THEN
        SELECT * INTO held FROM visit v
        WHERE v.login = session_user AND v.ident = wanted_ident AND v.closed_at IS NULL;
    ELSE
        INSERT INTO read_log (ident, login, kind, detail)
        VALUES (wanted_ident, session_user, 'visit',
                jsonb_build_object('visit', held.id, 'purpose', with_purpose, 'channel', by_channel));
    END IF;
    RETURN QUERY SELECT held.id, held.verified_at IS NOT NULL, public.must_verify();
END
$$;

CREATE OR REPLACE FUNCTION close_visit(wanted_ident integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE visit SET closed_at = now()
    WHERE login = session_user AND ident = wanted_ident AND closed_at IS NULL
$$;

-- Verifying a caller -------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION verification_choices(wanted_ident integer) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    choices text[] := ARRAY['ident', 'name', 'address'];
BEGIN
    IF (wanted_ident = ANY (visited_idents())) IS NOT TRUE THEN
        PERFORM refuse('visit_not_open', jsonb_build_object('ident', wanted_ident));
    END IF;
    IF EXISTS (SELECT FROM holder
               WHERE ident = wanted_ident AND valid_to IS NULL AND jmbg IS NOT NULL) THEN
        choices := choices || 'jmbg_last4'::text;
    END IF;
    IF EXISTS (SELECT FROM contact
               WHERE ident = wanted_ident AND kind = 'email' AND ended_on IS NULL) THEN
        choices := choices || 'email'::text;
    END IF;
    RETURN choices;
END
$$;
COMMENT ON FUNCTION verification_choices(integer) IS
    'Which of the five data can be asked of a caller: what is not on file cannot.';

CREATE OR REPLACE FUNCTION verify_caller(wanted_ident integer, claims jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- claims: ident, name and address are attested by the person at the desk (true or false), because
-- they are on the screen; jmbg_last4 and email are what the caller said, and are compared here.
DECLARE
    allowed_failures CONSTANT int := 5;
    choices text[] := verification_choices(wanted_ident);
    failures int;
    claim record;
    agrees boolean;
    outcome jsonb := '{}';
    agreed int := 0;
    is_contradicted boolean := false;
    passed boolean;
BEGIN
    -- the visit's row lock keeps two tries at once from sharing one place under the limit
    PERFORM FROM visit
    WHERE login = session_user AND ident = wanted_ident AND closed_at IS NULL FOR UPDATE;
    SELECT count(*) INTO failures FROM read_log
    WHERE ident = wanted_ident AND login = session_user AND kind = 'verification'
      AND happened_at > now() - interval '1 hour' AND NOT (detail ->> 'passed')::boolean;
    IF failures >= allowed_failures THEN
        PERFORM refuse('too_many_attempts', jsonb_build_object('ident', wanted_ident));
    END IF;
    PERFORM refuse_guessing();
    FOR claim IN SELECT key, value FROM jsonb_each(claims) LOOP
        IF NOT claim.key = ANY (choices) THEN
            PERFORM refuse('claim_unknown', jsonb_build_object('claim', claim.key));
        END IF;
        agrees := CASE claim.key
            WHEN 'jmbg_last4' THEN EXISTS (
                SELECT FROM holder WHERE ident = wanted_ident AND valid_to IS NULL
                   AND right(jmbg, 4) = claim.value #>> '{}')
            WHEN 'email' THEN EXISTS (
                SELECT FROM contact WHERE ident = wanted_ident AND kind = 'email' AND ended_on IS NULL
                   AND normalized = lower(btrim(claim.value #>> '{}')))
            ELSE claim.value = 'true'::jsonb
        END;
        IF NOT agrees AND claim.key IN ('jmbg_last4', 'email') THEN
            PERFORM count_miss();   -- even if this try is rolled back
            is_contradicted := true;
        END IF;
        outcome := outcome || jsonb_build_object(claim.key, agrees);
        agreed := agreed + agrees::int;
    END LOOP;
    -- what the caller said wrong is not made good by what the desk attests
    passed := agreed >= 2 AND NOT is_contradicted;
    IF passed THEN
        UPDATE visit SET verified_at = coalesce(verified_at, now())
        WHERE login = session_user AND ident = wanted_ident AND closed_at IS NULL;
    ELSE
        UPDATE visit SET failed_attempts = failed_attempts + 1
        WHERE login = session_user AND ident = wanted_ident AND closed_at IS NULL;
    END IF;
    INSERT INTO read_log (ident, login, kind, detail)
    VALUES (wanted_ident, session_user, 'verification',
            jsonb_build_object('passed', passed, 'checks', outcome));
    RETURN jsonb_build_object('passed', passed, 'checks', outcome,
                              'attempts_left', allowed_failures - failures - (NOT passed)::int);
END
$$;
