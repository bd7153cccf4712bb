-- The guard over requests to change data: who enters what, who moves it where, what the server stamps.
--
-- The trigger acts for the owner, so current_user tells nothing inside it.  Its WHEN clause is
-- computed as whoever runs the statement, and tells a statement of a person ('by_hand') from one
-- of the functions here ('by_function').  Both are held to the table of moves.

-- Who may ------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION may_make_move(mover text, of_decider text, of_editors text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE mover
        WHEN 'enterer' THEN may_serve() AND session_user = ANY (of_editors)
        WHEN 'clerk' THEN is_in('desk_clerk')
        WHEN 'decider' THEN is_in('desk_' || of_decider)
        WHEN 'supervisor' THEN is_in('desk_supervisor')
        ELSE false END
$$;

CREATE OR REPLACE FUNCTION refuse_move(old_state text, new_state text) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    SELECT refuse('change_transition_forbidden', jsonb_build_object('old', old_state, 'new', new_state))
$$;

-- Stamps -------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION effective_ggmm(received_on date, cutoff_day integer) RETURNS smallint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN extract(day FROM received_on) <= cutoff_day
            THEN extract(year FROM received_on)::int % 100 * 100 + extract(month FROM received_on)::int
            WHEN extract(month FROM received_on) = 12
            THEN (extract(year FROM received_on)::int + 1) % 100 * 100 + 1
            ELSE extract(year FROM received_on)::int % 100 * 100 + extract(month FROM received_on)::int + 1 END;
COMMENT ON FUNCTION effective_ggmm(date, integer) IS
    'The first month a change is charged in: that of receipt up to the cut-off day, else the next.';

CREATE OR REPLACE FUNCTION next_change_serial(of_branch smallint, of_year smallint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tried integer := coalesce((SELECT last_serial FROM change_serial WHERE branch_id = of_branch AND year = of_year), 0);
    used integer;
    serial integer;
BEGIN
    LOOP
        SELECT max(number_serial) INTO used FROM change_request WHERE branch_id = of_branch AND number_year = of_year;
        SELECT min(free) INTO serial FROM generate_series(tried + 1, greatest(tried, used) + 1) AS free
        WHERE NOT EXISTS (SELECT FROM change_request
                          WHERE branch_id = of_branch AND number_year = of_year AND number_serial = free);
        CONTINUE WHEN serial IS NULL;   -- somebody committed the last of these between the two looks
        tried := serial;
        IF is_number_ours(1, of_branch, of_year, serial) THEN
            -- who had it a moment ago may have committed since: this statement sees more than the last
            PERFORM FROM change_request
            WHERE branch_id = of_branch AND number_year = of_year AND number_serial = serial;
            IF NOT FOUND THEN
                RETURN serial;
            END IF;
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION next_change_serial(smallint, smallint) IS
    'The lowest number that no request has and nobody is taking just now; one that was given back comes first.';

CREATE OR REPLACE FUNCTION refuse_backdated(r change_request) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    -- what was submitted once is not older for having been returned
    came CONSTANT date := least((r.submitted_at AT TIME ZONE 'Europe/Belgrade')::date, office_day());
    most CONSTANT int := setting_on('change_received_days', came)::int;
BEGIN
    IF r.undoes IS NULL AND came - r.received_on > most AND NOT (is_in('desk_supervisor') AND btrim(r.note) <> '') THEN
        PERFORM refuse('change_received_long_ago', jsonb_build_object('day', r.received_on, 'most', most));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION submitted_change(r change_request, rule change_kind) RETURNS change_request
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    deadlines jsonb;
    missing text[];
BEGIN
    IF r.received_on IS NULL OR r.happened_on IS NULL OR r.applicant_standing IS NULL
       OR btrim(r.applicant_name) = '' THEN
        PERFORM refuse_field(CASE WHEN r.received_on IS NULL THEN 'received_on'
                                  WHEN r.happened_on IS NULL THEN 'happened_on'
                                  WHEN r.applicant_standing IS NULL THEN 'applicant_standing'
                                  ELSE 'applicant_name' END, 'missing');
    END IF;
    IF NOT rule.is_current THEN
        PERFORM refuse_field('kind', 'not_offered');
    END IF;
    PERFORM refuse_backdated(r);
    r.cutoff_day := setting_on('change_cutoff_day', r.received_on)::smallint;
    r.applies_from := effective_ggmm(r.received_on, r.cutoff_day);
    r.is_late := r.received_on - r.happened_on > setting_on('change_reporting_days', r.received_on)::int;
    deadlines := setting_on('change_deadline_days', r.received_on);
    r.due_on := r.received_on + coalesce((deadlines ->> r.kind)::int, rule.deadline_days);
    r.old_values := values_now(r.ident, rule.declaration);
    IF r.undoes IS NULL THEN
        r.new_values := settled_change_values(r, rule.declaration);
        SELECT coalesce(jsonb_object_agg(key, value), '{}') INTO r.secrets
        FROM jsonb_each(r.secrets) WHERE r.new_values ? key;
    ELSE
        r.applies_from := first_month_to_undo(r.undoes);
    END IF;
    -- what the provider orders comes after the request was sent there
    missing := array_remove((change_papers_of(r, rule.declaration)).missing, 'provider_order');
    IF r.channel <> 'phone' AND missing <> '{}' THEN
        PERFORM refuse('change_papers_missing', jsonb_build_object('papers', missing));
    END IF;
    IF r.number IS NULL THEN
        r.number_year := extract(year FROM office_day());
        r.number_serial := next_change_serial(r.branch_id, r.number_year);
        r.number := (SELECT code FROM branch WHERE id = r.branch_id)
                    || '-' || to_char(r.number_serial, 'FM000000') || '/' || r.number_year;
        r.submitted_at := clock_timestamp();
    END IF;
    RETURN r;
END
$$;

CREATE OR REPLACE FUNCTION refuse_outdated(r change_request, rule change_kind) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    fields text[];
BEGIN
    SELECT array_agg(n.key ORDER BY n.key) INTO fields
    FROM jsonb_each(values_now(r.ident, rule.declaration)) n WHERE n.value IS DISTINCT FROM r.old_values -> n.key;
    IF fields <> '{}' THEN
        PERFORM refuse('change_outdated', jsonb_build_object('fields', fields));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION approved_change(r change_request, old_state text, rule change_kind)
RETURNS change_request
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    papers record;
BEGIN
    IF rule.four_eyes AND session_user = ANY (r.editors) THEN
        PERFORM refuse('change_own_approval', jsonb_build_object('editors', r.editors));
    END IF;
    IF (old_state = 'with_provider' OR rule.ground = 'provider_order') AND btrim(r.provider_order) = '' THEN
        PERFORM refuse('change_provider_order_missing');
    END IF;
    papers := change_papers_of(r, rule.declaration);
    IF papers.missing <> '{}' THEN
        PERFORM refuse('change_papers_missing', jsonb_build_object('papers', papers.missing));
    ELSIF papers.unseen <> '{}' THEN
        PERFORM refuse('change_original_not_seen', jsonb_build_object('papers', papers.unseen));
    END IF;
    PERFORM refuse_outdated(r, rule);
    RETURN r;
END
$$;

-- The guard ----------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION guard_change_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    by_hand CONSTANT boolean := TG_ARGV[0] = 'by_hand';
    written CONSTANT text[] := ARRAY['channel', 'received_on', 'happened_on', 'applicant_name',
        'applicant_standing', 'applicant_id_card', 'applicant_phone', 'applicant_email', 'basis_act',
        'basis_number', 'basis_date', 'basis_issuer', 'new_values', 'note'];
    moved CONSTANT text[] := ARRAY['state', 'reason', 'provider_id', 'provider_order'];
    kept CONSTANT text[] := ARRAY['claimed_by', 'claimed_at', 'missing_papers', 'unseen_originals',
        'editors'];
    rule change_kind%ROWTYPE;
    was jsonb;
    becomes jsonb;
    given jsonb;
    papers record;
BEGIN
    SELECT * INTO rule FROM change_kind WHERE code = NEW.kind;
    IF TG_OP = 'INSERT' THEN
        NEW := entered_change(NEW, rule);
        IF NOT by_hand THEN
            RETURN NEW;   -- an inverse request, made of values that are on file
        END IF;
        given := NEW.new_values;
        NEW.new_values := '{}';
        NEW.secrets := '{}';
        NEW.undoes := NULL;
        NEW := keep_change_values(NEW, rule.declaration, given);
    ELSE
        was := to_jsonb(OLD);
        becomes := to_jsonb(NEW);
        IF was - kept = becomes - kept THEN
            IF by_hand AND was <> becomes THEN
                PERFORM refuse('change_not_editable', jsonb_build_object('state', OLD.state));
            END IF;
            RETURN NEW;   -- a claim or a paper: nobody's view of the request is outdated by it
        END IF;
        IF by_hand AND (was - written - moved IS DISTINCT FROM becomes - written - moved
                        OR NEW.undoes IS NOT NULL AND NEW.new_values <> OLD.new_values) THEN
            PERFORM refuse('change_not_editable', jsonb_build_object('state', OLD.state));
        END IF;
        NEW.version := OLD.version + 1;
        IF by_hand AND was - moved <> becomes - moved THEN
            IF NOT is_request_editable(OLD.state)
               OR NOT (session_user = ANY (OLD.editors) OR is_in('desk_clerk')) THEN
                PERFORM refuse('change_not_editable', jsonb_build_object('state', OLD.state));
            END IF;
            PERFORM refuse_channel(NEW);
            PERFORM refuse_future(NEW);
            IF NEW.new_values <> OLD.new_values THEN
                given := NEW.new_values;
                NEW.new_values := OLD.new_values;
                NEW := keep_change_values(NEW, rule.declaration, given);
            END IF;
            IF NOT session_user = ANY (NEW.editors) THEN
                NEW.editors := NEW.editors || session_user::text;   -- and may approve it no more
            END IF;
        END IF;
        IF (NEW.provider_id, NEW.provider_order) IS DISTINCT FROM (OLD.provider_id, OLD.provider_order) THEN
            IF OLD.state NOT IN ('submitted', 'returned', 'with_provider') OR NOT is_in('desk_clerk') THEN
                PERFORM refuse('change_not_editable', jsonb_build_object('state', OLD.state));
            END IF;
            IF NOT is_one_line(NEW.provider_order) THEN
                PERFORM refuse_field('provider_order', 'unreadable');
            END IF;
        END IF;
        IF NEW.state <> OLD.state THEN
            NEW := moved_change(NEW, OLD.state, OLD.reason, rule, by_hand);
        ELSIF NEW.reason <> OLD.reason THEN
            PERFORM refuse('change_not_editable', jsonb_build_object('state', OLD.state));
        END IF;
    END IF;
    papers := change_papers_of(NEW, rule.declaration);
    NEW.missing_papers := papers.missing;
    NEW.unseen_originals := papers.unseen;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION entered_change(r change_request, rule change_kind) RETURNS change_request
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    blank CONSTANT change_request := jsonb_populate_record(NULL::change_request, '{"version": 1, "state": "draft",
        "is_late": false, "reason": "", "provider_order": "", "old_values": {}, "missing_papers": [],
        "unseen_originals": []}');
    opens CONSTANT boolean := jsonb_path_exists(rule.declaration, '$.fields[*].target ? (@ == "building.street_id")');
BEGIN
    IF NOT may_serve() THEN
        PERFORM refuse('not_serving');
    ELSIF NOT coalesce(rule.is_current, false) THEN
        PERFORM refuse_field('kind', 'not_offered');
    ELSIF r.state <> 'draft' THEN
        PERFORM refuse_move(NULL, r.state);
    ELSIF opens = EXISTS (SELECT FROM account WHERE ident = r.ident) THEN
        PERFORM refuse_field('ident', 'not_offered');
    END IF;
    PERFORM refuse_beyond('changes_too_many',
        (SELECT count(*) + 1 FROM change_request
         WHERE entered_by = session_user::text AND entered_at > clock_timestamp() - interval '1 day'),
        'changes_a_day');
    -- whatever was given: these are the server's
    r.version := 1;
    r.branch_id := my_branch();
    r.entered_by := session_user;
    r.entered_at := clock_timestamp();
    r.editors := ARRAY[session_user::text];
    SELECT blank.number, blank.number_year, blank.number_serial, blank.submitted_at, blank.old_values,
           blank.applies_from, blank.cutoff_day, blank.is_late, blank.due_on, blank.missing_papers,
           blank.unseen_originals, blank.claimed_by, blank.claimed_at, blank.provider_id,
           blank.sent_to_provider_at, blank.provider_order, blank.decided_by, blank.decided_at, blank.reason,
           blank.applied_at
    INTO r.number, r.number_year, r.number_serial, r.submitted_at, r.old_values, r.applies_from, r.cutoff_day,
         r.is_late, r.due_on, r.missing_papers, r.unseen_originals, r.claimed_by, r.claimed_at, r.provider_id,
         r.sent_to_provider_at, r.provider_order, r.decided_by, r.decided_at, r.reason, r.applied_at;
    PERFORM refuse_channel(r);
    PERFORM refuse_future(r);
    RETURN r;
END
$$;

CREATE OR REPLACE FUNCTION refuse_channel(r change_request) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- who serves by telephone announces changes, and switches the delivery of bills
    IF NOT is_in('desk_clerk') AND r.channel <> 'phone' AND r.kind <> 'email_delivery' THEN
        PERFORM refuse('change_channel_forbidden', jsonb_build_object('channel', r.channel));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION refuse_future(r change_request) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    text_field text;
BEGIN
    IF greatest(r.happened_on, r.received_on, r.basis_date) > office_day() THEN
        PERFORM refuse('change_in_future', CASE
            WHEN r.happened_on > office_day() THEN jsonb_build_object('field', 'happened_on', 'day', r.happened_on)
            WHEN r.received_on > office_day() THEN jsonb_build_object('field', 'received_on', 'day', r.received_on)
            ELSE jsonb_build_object('field', 'basis_date', 'day', r.basis_date) END);
    END IF;
    IF NOT is_plain(r.note) THEN
        PERFORM refuse_field('note', 'unreadable');
    END IF;
    SELECT key INTO text_field FROM jsonb_each_text(to_jsonb(r))
    WHERE key IN ('applicant_name', 'applicant_id_card', 'applicant_phone', 'applicant_email', 'basis_act',
                  'basis_number', 'basis_issuer') AND NOT is_one_line(value) LIMIT 1;
    IF FOUND THEN
        PERFORM refuse_field(text_field, 'unreadable');
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION moved_change(
    r change_request, old_state text, old_reason text, rule change_kind, by_hand boolean)
RETURNS change_request
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM change_transition t
        WHERE t.route = rule.route AND t.old_state = moved_change.old_state AND t.new_state = r.state
          AND (may_make_move(t.mover, rule.decider, r.editors)
               OR t.mover = 'system' AND NOT by_hand AND is_in('desk_' || rule.decider)))
    THEN
        -- of two who decide at once the second sees what the first has done
        PERFORM refuse_move(old_state, r.state);
    END IF;
    IF r.reason = old_reason THEN
        r.reason := '';   -- a reason belongs to one move
    END IF;
    IF r.state IN ('returned', 'rejected', 'cancelled') AND btrim(r.reason) = '' THEN
        PERFORM refuse('change_reason_missing');
    ELSIF NOT is_plain(r.reason) THEN
        PERFORM refuse_field('reason', 'unreadable');
    END IF;
    IF r.state = 'submitted' THEN
        r := submitted_change(r, rule);
    ELSIF r.state = 'with_provider' THEN
        IF r.provider_id IS NULL THEN
            PERFORM refuse_field('provider_id', 'missing');
        END IF;
        r.sent_to_provider_at := clock_timestamp();
    ELSIF r.state = 'approved' THEN
        r := approved_change(r, old_state, rule);
    END IF;
    IF r.state IN ('approved', 'rejected') THEN
        r.decided_by := session_user;
        r.decided_at := clock_timestamp();
    END IF;
    IF r.state NOT IN ('submitted', 'with_provider', 'approved') OR old_state = 'draft' THEN
        r.claimed_by := NULL;
        r.claimed_at := NULL;
    END IF;
    RETURN r;
END
$$;

DROP TRIGGER IF EXISTS guarded_by_hand ON change_request;
CREATE TRIGGER guarded_by_hand BEFORE INSERT OR UPDATE ON change_request
    FOR EACH ROW WHEN (current_user <> 'salter_owner') EXECUTE FUNCTION guard_change_request('by_hand');
DROP TRIGGER IF EXISTS guarded_by_function ON change_request;
CREATE TRIGGER guarded_by_function BEFORE INSERT OR UPDATE ON change_request
    FOR EACH ROW WHEN (current_user = 'salter_owner') EXECUTE FUNCTION guard_change_request('by_function');

-- Every move leaves an event -----------------------------------------------------------------------

CREATE OR REPLACE FUNCTION log_change_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO change_event (ident, request_id, login, old_state, new_state, reason)
    VALUES (NEW.ident, NEW.id, session_user, CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state, NEW.reason);
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER logged_entry AFTER INSERT ON change_request
    FOR EACH ROW EXECUTE FUNCTION log_change_event();
CREATE OR REPLACE TRIGGER logged_move AFTER UPDATE ON change_request
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION log_change_event();
