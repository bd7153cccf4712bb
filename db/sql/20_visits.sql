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
    SELECT * INTO held FROM visit v
    WHERE v.login = session_user AND v.ident = wanted_ident AND v.closed_at IS NULL
      AND v.opened_at > clock_timestamp() - interval '11 hours';
    IF held.id IS NOT NULL THEN
        RETURN QUERY SELECT held.id, held.verified_at IS NOT NULL, public.must_verify();
        RETURN;
    END IF;
    PERFORM refuse_above('visits');
    UPDATE visit SET closed_at = clock_timestamp()
    WHERE login = session_user AND ident = wanted_ident AND closed_at IS NULL
      AND opened_at <= clock_timestamp() - interval '11 hours';
    INSERT INTO visit (ident, login, branch_id, purpose, channel, opened_at)
    VALUES (wanted_ident, session_user, my_branch(), with_purpose, by_channel, clock_timestamp())
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
    UPDATE visit SET closed_at = clock_timestamp()
    WHERE login = session_user AND ident = wanted_ident AND closed_at IS NULL
$$;

-- Verifying a caller -------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION verification_choices(wanted_ident integer) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (wanted_ident = ANY (visited_idents())) IS NOT TRUE THEN
        PERFORM refuse('visit_not_open', jsonb_build_object('ident', wanted_ident));
    END IF;
    RETURN ARRAY(
        SELECT claim FROM (VALUES
            (1, 'ident', true), (2, 'name', true), (3, 'address', true),
            (4, 'jmbg_last4', EXISTS (SELECT FROM holder WHERE ident = wanted_ident AND valid_to IS NULL
                                      AND jmbg IS NOT NULL)),
            (5, 'phone', EXISTS (SELECT FROM contact WHERE ident = wanted_ident AND kind = 'phone'
                                 AND ended_on IS NULL)),
            (6, 'email', EXISTS (SELECT FROM contact WHERE ident = wanted_ident AND kind = 'email'
                                 AND ended_on IS NULL)),
            (7, 'payment', EXISTS (SELECT FROM payment WHERE ident = wanted_ident AND channel <> 'credit')),
            -- whoever has a bill in hand can read this one out
            (8, 'bill_amount', setting_on('caller_private_datum', office_day()) = 'false'
                               AND EXISTS (SELECT FROM bill_balance WHERE ident = wanted_ident))
        ) AS c (place, claim, is_on_file) WHERE is_on_file ORDER BY place);
END
$$;
COMMENT ON FUNCTION verification_choices(integer) IS
    'Which data can be asked of a caller: what is not on file cannot, nor what a setting does not let count.';

CREATE OR REPLACE FUNCTION caller_is_right(of_ident integer, claim text, said jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(CASE claim
        WHEN 'jmbg_last4' THEN EXISTS (
            SELECT FROM holder WHERE ident = of_ident AND valid_to IS NULL
               AND right(jmbg, 4) = regexp_replace(said #>> '{}', '[\s.-]', '', 'g'))
        WHEN 'phone' THEN EXISTS (
            SELECT FROM contact WHERE ident = of_ident AND kind = 'phone' AND ended_on IS NULL
               AND normalized = normalized_phone(said #>> '{}'))
        WHEN 'email' THEN EXISTS (
            SELECT FROM contact WHERE ident = of_ident AND kind = 'email' AND ended_on IS NULL
               AND normalized = normalized_email(said #>> '{}'))
        WHEN 'payment' THEN
            CASE WHEN said ->> 'amount' ~ '^[0-9]{1,12}(\.[0-9]{1,2})?$' AND is_iso_day(said ->> 'day')
            THEN EXISTS (
                SELECT FROM (SELECT received_on, amount FROM payment
                             WHERE ident = of_ident AND channel <> 'credit'
                             ORDER BY received_on DESC FETCH FIRST ROW WITH TIES) latest
                WHERE amount = (said ->> 'amount')::numeric
                  -- what was paid on a Friday may have come on the Monday
                  AND received_on - (said ->> 'day')::date BETWEEN 0 AND 3) END
        WHEN 'bill_amount' THEN
            CASE WHEN said #>> '{}' ~ '^[0-9]{1,12}(\.[0-9]{1,2})?$'
            THEN EXISTS (
                -- of the last two: the newest may still be in the post
                SELECT FROM (SELECT b.charged, i.discount FROM bill_balance b
                             JOIN bill i ON i.ident = b.ident AND i.ggmm = b.ggmm AND i.version = b.version
                             WHERE b.ident = of_ident AND i.ident = of_ident ORDER BY b.ggmm DESC LIMIT 2) latest
                WHERE (said #>> '{}')::numeric IN (charged, charged - discount)) END
    END, false)
$$;
COMMENT ON FUNCTION caller_is_right(integer, text, jsonb) IS
    'Whether what a caller said is what is on file; anything that cannot be read is not.';

CREATE OR REPLACE FUNCTION verify_caller(wanted_ident integer, claims jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- claims: ident, name and address are attested by the person at the desk (true or false).  They led to
-- the account and stand on the screen and on every bill, so together they count as one datum, and
-- verify nobody.  Everything else is what the caller said, and is compared here.
DECLARE
    attested CONSTANT text[] := ARRAY['ident', 'name', 'address'];
    allowed_failures CONSTANT int := 5;    -- an hour, of one person
    most_of_account CONSTANT int := 10;    -- a day, whoever was called
    choices text[] := verification_choices(wanted_ident);
    failures int;
    claim record;
    agrees boolean;
    outcome jsonb := '{}';
    compared int := 0;
    is_attested boolean := false;
    is_contradicted boolean := false;
    passed boolean;
BEGIN
    -- the visit's row lock keeps two tries at once from sharing one place under the limit
    PERFORM FROM visit
    WHERE login = session_user AND ident = wanted_ident AND closed_at IS NULL FOR UPDATE;
    SELECT count(*) FILTER (WHERE login = session_user AND happened_at > clock_timestamp() - interval '1 hour')
    INTO failures FROM read_log
    WHERE ident = wanted_ident AND kind = 'verification' AND happened_at > clock_timestamp() - interval '1 day'
      AND NOT (detail ->> 'passed')::boolean
    HAVING count(*) < most_of_account;
    IF failures IS NULL OR failures >= allowed_failures THEN
        PERFORM refuse('too_many_attempts', jsonb_build_object('ident', wanted_ident));
    END IF;
    PERFORM refuse_guessing();
    FOR claim IN SELECT key, value FROM jsonb_each(claims) LOOP
        IF NOT claim.key = ANY (choices) THEN
            PERFORM refuse('claim_unknown', jsonb_build_object('claim', claim.key));
        END IF;
        IF claim.key = ANY (attested) THEN
            agrees := claim.value = 'true'::jsonb;
            is_attested := is_attested OR agrees;
        ELSE
            agrees := caller_is_right(wanted_ident, claim.key, claim.value);
            compared := compared + agrees::int;
            IF NOT agrees THEN
                PERFORM count_miss();   -- even if this try is rolled back
            END IF;
        END IF;
        is_contradicted := is_contradicted OR NOT agrees;
        outcome := outcome || jsonb_build_object(claim.key, agrees);
    END LOOP;
    -- one datum that was wrong is not made good by any number that are right
    passed := compared + is_attested::int >= 2 AND NOT is_contradicted;
    IF passed THEN
        UPDATE visit SET verified_at = coalesce(verified_at, clock_timestamp())
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
