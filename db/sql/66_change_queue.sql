-- The work list: what waits for whom, who has taken what, and how much of it there is.

CREATE OR REPLACE FUNCTION claim_minutes() RETURNS interval
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT make_interval(mins => setting_on('change_claim_minutes', office_day())::int)
$$;

CREATE OR REPLACE FUNCTION claim_change(wanted_ident integer, wanted_id bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r change_request%ROWTYPE;
BEGIN
    SELECT * INTO r FROM change_request WHERE ident = wanted_ident AND id = wanted_id FOR NO KEY UPDATE;
    IF r.id IS NULL OR NOT is_in('desk_clerk')
       OR NOT is_request_open(r.state) THEN
        -- how far a request is, is told to who may read it
        PERFORM refuse('change_not_editable', jsonb_build_object(
            'state', CASE WHEN r.ident = ANY (readable_idents()) THEN r.state END));
    END IF;
    IF r.submitted_at IS NOT NULL
       AND EXISTS (SELECT FROM change_kind k WHERE k.code = r.kind AND k.scope = 'building') THEN
        PERFORM record_building(r.ident, r.id);   -- whoever reads it sees the neighbors, taken by another or not
    END IF;
    IF r.claimed_by IS NULL OR r.claimed_by = session_user OR r.claimed_at < clock_timestamp() - claim_minutes() THEN
        r.claimed_by := session_user;
        r.claimed_at := clock_timestamp();
        UPDATE change_request SET claimed_by = r.claimed_by, claimed_at = r.claimed_at
        WHERE ident = wanted_ident AND id = wanted_id;
    END IF;
    RETURN jsonb_build_object('claimed_by', r.claimed_by, 'claimed_at', r.claimed_at,
        'full_name', (SELECT full_name FROM staff WHERE login = r.claimed_by),
        'is_mine', r.claimed_by = session_user);
END
$$;
COMMENT ON FUNCTION claim_change(integer, bigint) IS
    'Take a request to work on, or learn who has; a claim goes stale by itself.';

CREATE OR REPLACE FUNCTION release_change(wanted_ident integer, wanted_id bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE change_request SET claimed_by = NULL, claimed_at = NULL
    WHERE ident = wanted_ident AND id = wanted_id AND claimed_by = session_user
$$;

CREATE OR REPLACE FUNCTION take_next_change(of_states text[], of_kinds text[], of_branch smallint)
RETURNS TABLE (ident integer, id bigint)
LANGUAGE plpgsql SECURITY DEFINER ROWS 1 SET search_path = public, pg_temp AS $$
DECLARE
    branch CONSTANT smallint := queue_branch(of_branch);
    stale_before CONSTANT timestamptz := clock_timestamp() - claim_minutes();
    decides CONSTANT text[] := CASE WHEN is_in('desk_supervisor') THEN ARRAY['clerk', 'supervisor'] ELSE ARRAY['clerk'] END;
BEGIN
    RETURN QUERY
    UPDATE change_request taken SET claimed_by = session_user, claimed_at = clock_timestamp()
    FROM (
        SELECT r.ident, r.id
        FROM unnest(coalesce(of_states, ARRAY['submitted', 'with_provider'])) AS wanted (state)
        CROSS JOIN LATERAL (
            SELECT q.ident, q.id, q.due_on FROM change_request q JOIN change_kind k ON k.code = q.kind
            WHERE q.state = wanted.state AND is_request_open(q.state)
              AND (branch IS NULL OR q.branch_id = branch) AND (of_kinds IS NULL OR q.kind = ANY (of_kinds))
              AND (q.claimed_by IS NULL OR q.claimed_at < stale_before)
              -- what one entered oneself somebody else decides
              AND NOT (k.four_eyes AND session_user = ANY (q.editors))
              AND k.decider = ANY (decides)
            ORDER BY q.due_on, q.id LIMIT 1 FOR NO KEY UPDATE OF q SKIP LOCKED
        ) r
        ORDER BY r.due_on, r.id LIMIT 1
    ) chosen
    WHERE taken.ident = chosen.ident AND taken.id = chosen.id
    RETURNING taken.ident, taken.id;
END
$$;
COMMENT ON FUNCTION take_next_change(text[], text[], smallint) IS
    'Claim the most urgent request that nobody has taken and that this person may decide.';

CREATE OR REPLACE FUNCTION change_queue(
    of_states text[], of_kinds text[], of_branch smallint, of_claimant text, after_due date, after_id bigint,
    at_most integer)
RETURNS TABLE (ident integer, id bigint, number text, kind text, state text, channel text, account_name text,
    address text, branch_id smallint, received_on date, due_on date, applies_from smallint, is_late boolean,
    claimed_by text, claimed_at timestamptz, entered_by text, papers_missing boolean, version integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
DECLARE
    branch CONSTANT smallint := queue_branch(of_branch);
    -- once, not for every row
    stale_before CONSTANT timestamptz := clock_timestamp() - claim_minutes();
    page text := $q$SELECT q.due_on, q.id FROM change_request q
                    WHERE is_request_open(q.state) AND (q.due_on, q.id) > ($5, $6)$q$
        || CASE WHEN branch IS NULL THEN '' ELSE ' AND q.branch_id = $3' END;
BEGIN
    -- one short walk of an index for each state (and kind), merged: no filter ever discards rows
    IF of_claimant IS NOT NULL THEN
        page := page || ' AND q.claimed_by = $4 AND q.claimed_at > $8 AND ($1 IS NULL OR q.state = ANY ($1))
                          AND ($2 IS NULL OR q.kind = ANY ($2)) ORDER BY q.due_on, q.id LIMIT $7';
    ELSE
        page := format('SELECT p.* FROM unnest(coalesce($1, open_request_states())) AS s (state) %s
                        CROSS JOIN LATERAL (%s AND q.state = s.state %s ORDER BY q.due_on, q.id LIMIT $7) p',
                       CASE WHEN of_kinds IS NOT NULL THEN 'CROSS JOIN unnest($2) AS k (kind)' ELSE '' END, page,
                       CASE WHEN of_kinds IS NOT NULL THEN 'AND q.kind = k.kind' ELSE '' END);
    END IF;
    RETURN QUERY EXECUTE format($q$
        SELECT r.ident, r.id, r.number, r.kind, r.state::text, r.channel::text,
               coalesce(a.name, concat_ws(' ', r.new_values ->> 'last_name', r.new_values ->> 'first_name',
                                               r.new_values ->> 'business_name')),
               coalesce(a.address, (SELECT concat_ws(' ', s.name, r.new_values ->> 'house_number') FROM street s
                                    WHERE s.id = (r.new_values ->> 'street')::int), ''),
               r.branch_id, r.received_on, r.due_on, r.applies_from, r.is_late,
               CASE WHEN r.claimed_at > $8 THEN r.claimed_by END,
               CASE WHEN r.claimed_at > $8 THEN r.claimed_at END,
               r.entered_by, r.missing_papers <> '{}', r.version
        FROM (SELECT * FROM (%s) one ORDER BY one.due_on, one.id LIMIT $7) chosen
        JOIN change_request r ON r.id = chosen.id
        LEFT JOIN account_search a ON a.ident = r.ident
        ORDER BY r.due_on, r.id $q$, page)
    USING of_states, of_kinds, branch, of_claimant, coalesce(after_due, '-infinity'), coalesce(after_id, 0),
          least(at_most, 1000), stale_before;
END
$$;
COMMENT ON FUNCTION change_queue(text[], text[], smallint, text, date, bigint, integer) IS
    'Open requests in the order of their deadlines, without personal numbers: a page after (due, id).';

CREATE OR REPLACE FUNCTION change_queue_counts()
RETURNS TABLE (branch_id smallint, kind text, state text, is_overdue boolean, count bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = public, pg_temp AS $$
DECLARE
    branch CONSTANT smallint := queue_branch(NULL);
    day CONSTANT date := office_day();
BEGIN
    RETURN QUERY
    SELECT s.branch_id, s.kind, s.state::text, part.is_overdue, part.count
    FROM (
        -- in the order of an index: nothing is sorted or hashed
        SELECT q.branch_id, q.state, q.kind, count(*) AS all_of_it, count(*) FILTER (WHERE q.due_on < day) AS overdue
        FROM change_request q
        WHERE is_request_open(q.state)
          AND (branch IS NULL OR q.branch_id = branch)
        GROUP BY q.branch_id, q.state, q.kind
    ) s
    CROSS JOIN LATERAL (VALUES (false, s.all_of_it - s.overdue), (true, s.overdue)) part (is_overdue, count)
    WHERE part.count > 0;
END
$$;
