-- The guard over requests to change data: who enters what, who moves it where, what the server stamps.
--
-- The trigger acts for the owner, so current_user tells nothing inside it.  Its WHEN clause is
-- computed as whoever runs the statement, and tells a statement of a person ('by_hand') from one
-- of the functions here ('by_function').  Both are held to the table of moves.

-- Who may ------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION is_in(desk_role text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_serve() AND (pg_has_role(session_user, desk_role, 'MEMBER')
                            OR desk_role = 'desk_clerk' AND pg_has_role(session_user, 'desk_supervisor', 'MEMBER'))
$$;
COMMENT ON FUNCTION is_in(text) IS 'True for staff of a desk role; a supervisor may do what a clerk may.';

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

CREATE OR REPLACE FUNCTION must_read(wanted_ident integer) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (wanted_ident = ANY (readable_idents())) IS NOT TRUE THEN
        PERFORM refuse('visit_not_open', jsonb_build_object('ident', wanted_ident));
    END IF;
END
$$;

-- Stamps -------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION next_change_serial(of_branch smallint, of_year smallint) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- the row stays locked until commit, and a rollback gives the number back
    INSERT INTO change_serial (branch_id, year, last_serial) VALUES (of_branch, of_year, 1)
    ON CONFLICT (branch_id, year) DO UPDATE SET last_serial = change_serial.last_serial + 1
    RETURNING last_serial
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
    r.cutoff_day := coalesce(setting_on('change_cutoff_day', r.received_on) #>> '{}', '20');
    r.applies_from := effective_ggmm(r.received_on, r.cutoff_day);
    r.is_late := r.received_on - r.happened_on
                 > coalesce((setting_on('change_reporting_days', r.received_on) #>> '{}')::int, 8);
    deadlines := coalesce(setting_on('change_deadline_days', r.received_on), '{}');
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
    kept CONSTANT text[] := ARRAY['claimed_by', 'claimed_at', 'missing_papers', 'unseen_originals'];
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
            IF OLD.state NOT IN ('draft', 'returned')
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

-- Papers -------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION sniffed_type(content bytea) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
    WHEN substring(content FROM 1 FOR 5) = '\x255044462d'::bytea THEN 'application/pdf'
    WHEN substring(content FROM 1 FOR 3) = '\xffd8ff'::bytea THEN 'image/jpeg'
    WHEN substring(content FROM 1 FOR 8) = '\x89504e470d0a1a0a'::bytea THEN 'image/png'
    WHEN substring(content FROM 1 FOR 4) IN ('\x49492a00'::bytea, '\x4d4d002a'::bytea) THEN 'image/tiff' END;
COMMENT ON FUNCTION sniffed_type(bytea) IS 'What a file is by its first bytes, whatever its name says; null if no paper.';

CREATE OR REPLACE FUNCTION is_safe_name(file_name text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN length(file_name) <= 120 AND file_name !~ '[/\\:*?"<>|]' AND file_name !~ '^\.' AND is_one_line(file_name);

CREATE OR REPLACE FUNCTION guard_change_paper() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r change_request%ROWTYPE;
    most bigint;
BEGIN
    -- in line with whoever moves the request now
    SELECT * INTO r FROM change_request
    WHERE ident = coalesce(NEW.ident, OLD.ident) AND id = coalesce(NEW.request_id, OLD.request_id)
    FOR NO KEY UPDATE;
    IF r.state IS NULL OR NOT may_serve()
       OR NOT (is_in('desk_clerk') OR session_user = ANY (r.editors))
       OR r.state NOT IN ('draft', 'returned') AND (TG_OP = 'DELETE' OR r.state NOT IN ('submitted', 'with_provider')) THEN
        PERFORM refuse('change_not_editable', jsonb_build_object('state', r.state));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.ident, NEW.request_id, NEW.id, NEW.paper_kind, NEW.file_name, NEW.content_type, NEW.added_by,
            NEW.added_at, NEW.original_seen_by, NEW.original_seen_at)
           IS DISTINCT FROM (OLD.ident, OLD.request_id, OLD.id, OLD.paper_kind, OLD.file_name, OLD.content_type,
            OLD.added_by, OLD.added_at, OLD.original_seen_by, OLD.original_seen_at)
           OR NEW.content IS DISTINCT FROM OLD.content THEN
            PERFORM refuse('row_immutable', jsonb_build_object('table', TG_TABLE_NAME, 'operation', TG_OP));
        END IF;
    ELSE
        NEW.added_by := session_user;
        NEW.added_at := clock_timestamp();
        NEW.original_seen_by := NULL;
        NEW.original_seen_at := NULL;
        NEW.content_type := coalesce(sniffed_type(NEW.content), '');
        most := coalesce((setting_on('change_paper_most_bytes', office_day()) #>> '{}')::bigint, 15728640);
        IF NEW.content IS NOT NULL AND NEW.content_type = '' THEN
            PERFORM refuse('paper_type_refused', jsonb_build_object('file', left(NEW.file_name, 120)));
        ELSIF octet_length(NEW.content) > most THEN
            PERFORM refuse('paper_too_big', jsonb_build_object('size', octet_length(NEW.content), 'most', most));
        ELSIF NOT is_safe_name(NEW.file_name) OR (NEW.content IS NOT NULL AND btrim(NEW.file_name) = '') THEN
            PERFORM refuse('paper_name_refused', jsonb_build_object('file', left(NEW.file_name, 120)));
        END IF;
    END IF;
    IF NEW.paper_kind <> 'other' AND NOT EXISTS (
           SELECT FROM change_kind k, jsonb_array_elements(k.declaration -> 'papers') paper
           WHERE k.code = r.kind AND paper ->> 'kind' = NEW.paper_kind) THEN
        PERFORM refuse_field('paper_kind', 'not_offered');
    ELSIF NEW.act <> '' AND NOT EXISTS (
           SELECT FROM change_kind k, jsonb_array_elements(k.declaration -> 'papers') paper
           WHERE k.code = r.kind AND paper ->> 'kind' = NEW.paper_kind AND paper -> 'is_one_of' ? NEW.act) THEN
        PERFORM refuse_field('act', 'not_offered');
    END IF;
    IF NEW.is_original_seen AND (TG_OP = 'INSERT' OR NOT OLD.is_original_seen) THEN
        IF NOT is_in('desk_clerk') THEN   -- nobody sees a paper over the telephone
            PERFORM refuse('change_not_editable', jsonb_build_object('state', r.state));
        END IF;
        NEW.original_seen_by := session_user;
        NEW.original_seen_at := clock_timestamp();
    ELSIF NOT NEW.is_original_seen THEN
        NEW.original_seen_by := NULL;
        NEW.original_seen_at := NULL;
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER guarded BEFORE INSERT OR UPDATE OR DELETE ON change_paper
    FOR EACH ROW EXECUTE FUNCTION guard_change_paper();

CREATE OR REPLACE FUNCTION refresh_missing_papers(of_idents integer[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH free AS MATERIALIZED (
        -- what somebody is just moving is computed anew by that move; waiting for it could be for each other
        SELECT one.ident, one.id FROM change_request one
        WHERE one.ident = ANY (of_idents) AND one.state IN ('draft', 'submitted', 'returned', 'with_provider')
        FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE change_request r
    SET missing_papers = papers.missing, unseen_originals = papers.unseen
    FROM free JOIN change_request again ON again.ident = free.ident AND again.id = free.id
    JOIN change_kind k ON k.code = again.kind
    CROSS JOIN LATERAL change_papers_of(again, k.declaration) papers
    WHERE r.ident = free.ident AND r.id = free.id
      AND (r.missing_papers, r.unseen_originals) IS DISTINCT FROM (papers.missing, papers.unseen)
$$;

CREATE OR REPLACE FUNCTION follow_change_paper() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM refresh_missing_papers(ARRAY[coalesce(NEW.ident, OLD.ident)]);
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER followed AFTER INSERT OR UPDATE OR DELETE ON change_paper
    FOR EACH ROW EXECUTE FUNCTION follow_change_paper();
