-- Who is asking, and whose account they may read.
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

CREATE OR REPLACE FUNCTION must_verify() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT (pg_has_role(session_user, 'desk_clerk', 'MEMBER')
                OR pg_has_role(session_user, 'desk_supervisor', 'MEMBER'))
$$;
COMMENT ON FUNCTION must_verify() IS
    'True for who serves only by telephone: nothing is disclosed before the caller is verified.';

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

CREATE OR REPLACE FUNCTION who_am_i()
RETURNS TABLE (login text, full_name text, role text, branch_id smallint, branch_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.login, s.full_name, s.role, s.branch_id, b.name
    FROM staff s JOIN branch b ON b.id = s.branch_id
    WHERE s.login = session_user AND s.is_active
$$;

-- Visits ---------------------------------------------------------------------------------------

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

-- Verifying a caller ---------------------------------------------------------------------------

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
        END IF;
        outcome := outcome || jsonb_build_object(claim.key, agrees);
        agreed := agreed + agrees::int;
    END LOOP;
    passed := agreed >= 2;
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

-- Personal numbers and exports -----------------------------------------------------------------

DROP FUNCTION IF EXISTS reveal_personal_number(integer, date, text);   -- once returned the number

CREATE FUNCTION reveal_personal_number(
    wanted_ident integer, wanted_valid_from date, for_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (wanted_ident = ANY (readable_idents())) IS NOT TRUE THEN
        PERFORM refuse('visit_not_open', jsonb_build_object('ident', wanted_ident));
    END IF;
    IF btrim(coalesce(for_reason, '')) = '' THEN
        PERFORM refuse('reason_missing');
    END IF;
    INSERT INTO read_log (ident, login, kind, detail)
    VALUES (wanted_ident, session_user, 'reveal',
            jsonb_build_object('holder_from', wanted_valid_from, 'reason', for_reason));
END
$$;
COMMENT ON FUNCTION reveal_personal_number(integer, date, text) IS
    'Put on record that a number will be looked at; once committed, revealed_personal_number() shows it.';

CREATE OR REPLACE FUNCTION revealed_personal_number(wanted_ident integer, wanted_valid_from date) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (wanted_ident = ANY (readable_idents())) IS NOT TRUE THEN
        PERFORM refuse('visit_not_open', jsonb_build_object('ident', wanted_ident));
    END IF;
    IF NOT EXISTS (
        SELECT FROM read_log
        WHERE ident = wanted_ident AND login = session_user AND kind = 'reveal'
          AND detail -> 'holder_from' = to_jsonb(wanted_valid_from)
          AND happened_at < now() AND happened_at > clock_timestamp() - interval '5 minutes')
    THEN
        PERFORM refuse('must_be_recorded', jsonb_build_object('ident', wanted_ident));
    END IF;
    RETURN (SELECT jmbg FROM holder WHERE ident = wanted_ident AND valid_from = wanted_valid_from);
END
$$;

CREATE OR REPLACE FUNCTION log_export(of_what text, with_filter jsonb, row_count integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO read_log (ident, login, kind, detail)
    VALUES ((with_filter ->> 'ident')::integer, session_user, 'export',
            jsonb_build_object('what', of_what, 'filter', with_filter, 'rows', row_count))
$$;
