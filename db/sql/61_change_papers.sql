-- Papers of a request: which it needs, which were brought, and that a file is what it says it is.

CREATE OR REPLACE FUNCTION change_papers_of(r change_request, declaration jsonb,
                                            OUT missing text[], OUT unseen text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH needed AS (
        SELECT paper ->> 'kind' AS kind, (paper ->> 'must_see_original')::boolean AS must_see,
               coalesce((paper ->> 'must_identify')::boolean, false) AS must_identify, place
        FROM jsonb_array_elements(declaration -> 'papers') WITH ORDINALITY AS p (paper, place)
        WHERE paper ->> 'need' <> 'optional' AND paper ->> 'need' = ANY (change_circumstances(r, declaration))
          AND r.undoes IS NULL   -- a mistake of the desk is not mended by papers of the customer
    ), brought AS (
        SELECT p.paper_kind AS kind, bool_or(p.is_original_seen) AS is_seen,
               -- a number that was read off is one person's word: it counts where a second decides
               bool_or(p.content IS NOT NULL OR p.number <> '' AND k.four_eyes) AS identifies
        FROM change_paper p JOIN change_kind k ON k.code = r.kind
        WHERE p.ident = r.ident AND p.request_id = r.id GROUP BY p.paper_kind
    )
    SELECT coalesce(array_agg(n.kind ORDER BY n.place)
                    FILTER (WHERE b.kind IS NULL OR n.must_identify AND NOT b.identifies), '{}'),
           coalesce(array_agg(n.kind ORDER BY n.place) FILTER (WHERE n.must_see AND NOT coalesce(b.is_seen, false)),
                    '{}')
    FROM needed n LEFT JOIN brought b USING (kind)
$$;

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
RETURN length(file_name) BETWEEN 1 AND 120
    AND file_name !~ '[<>:"|?*/\\\u2044\u2215\u29f8\uff0f\uff3c]'
    AND file_name !~ ('[\u0001-\u001f\u007f-\u00a0\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160'
        '\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ue000-\uf8ff'
        '\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U00010000-\U0010ffff]')
    AND file_name = btrim(file_name, ' .') AND strpos(file_name, '  ') = 0
    AND lower(file_name COLLATE "C") !~ '^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)'
    AND file_name IS NFC NORMALIZED;
COMMENT ON FUNCTION is_safe_name(text) IS
    'Whether a file may be called so on any system, with nothing in it that nobody sees; app.domain.papers has the same.';

CREATE OR REPLACE FUNCTION is_named_as(file_name text, content_type text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN is_safe_name(file_name) AND lower(file_name COLLATE "C") ~ CASE content_type
    WHEN 'application/pdf' THEN '.\.pdf$'
    WHEN 'image/jpeg' THEN '.\.(jpg|jpeg|jpe|jfif)$'
    WHEN 'image/png' THEN '.\.png$'
    WHEN 'image/tiff' THEN '.\.(tif|tiff)$' END;
COMMENT ON FUNCTION is_named_as(text, text) IS
    'Whether a name ends as files of its type do; app.domain.papers has the same.';

CREATE OR REPLACE FUNCTION paper_number(typed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN is_one_line(typed) THEN upper(replace(typed, ' ', '') COLLATE "C") END;

CREATE OR REPLACE FUNCTION is_paper_number(number text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
-- thirteen digits are a citizen's number, which lies in no open column
RETURN number ~ '^[0-9A-Z/.-]{4,30}$' AND number ~ '[0-9]{3}' AND number !~ '^[0-9]{13}$';
COMMENT ON FUNCTION is_paper_number(text) IS
    'Whether this can be the number of an identity card, a passport or an extract from a register.';

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
       OR NOT is_request_editable(r.state)
          AND (TG_OP = 'DELETE' OR r.state NOT IN ('submitted', 'with_provider')) THEN
        PERFORM refuse('change_not_editable', jsonb_build_object('state', r.state));
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.added_by <> session_user THEN
            PERFORM refuse('paper_of_another', jsonb_build_object('by', OLD.added_by));
        ELSIF r.state <> 'draft' AND OLD.added_at < (
                  SELECT max(e.happened_at) FROM change_event e
                  WHERE e.ident = r.ident AND e.request_id = r.id AND e.new_state = 'submitted') THEN
            PERFORM refuse('paper_kept');   -- somebody has decided on it
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.ident, NEW.request_id, NEW.id, NEW.paper_kind, NEW.file_name, NEW.content_type, NEW.added_by,
            NEW.added_at, NEW.original_seen_by, NEW.original_seen_at, NEW.number)
           IS DISTINCT FROM (OLD.ident, OLD.request_id, OLD.id, OLD.paper_kind, OLD.file_name, OLD.content_type,
            OLD.added_by, OLD.added_at, OLD.original_seen_by, OLD.original_seen_at, OLD.number)
           OR NEW.content IS DISTINCT FROM OLD.content THEN
            PERFORM refuse('row_immutable', jsonb_build_object('table', TG_TABLE_NAME, 'operation', TG_OP));
        END IF;
    ELSE
        PERFORM refuse_beyond('papers_too_many',
            (SELECT count(*) + 1 FROM change_paper WHERE ident = NEW.ident AND request_id = NEW.request_id),
            'change_papers_most');
        PERFORM refuse_beyond('papers_too_much_today',
            (SELECT coalesce(sum(size), 0) FROM change_paper
             WHERE added_by = session_user::text AND added_at > clock_timestamp() - interval '1 day')
            + coalesce(octet_length(NEW.content), 0), 'change_paper_day_bytes');
        NEW.added_by := session_user;
        NEW.added_at := clock_timestamp();
        NEW.original_seen_by := NULL;
        NEW.original_seen_at := NULL;
        NEW.content_type := coalesce(sniffed_type(NEW.content), '');
        most := setting_on('change_paper_most_bytes', office_day())::bigint;
        IF NEW.content IS NOT NULL AND NEW.content_type = '' THEN
            PERFORM refuse('paper_type_refused', jsonb_build_object('file', left(NEW.file_name, 120)));
        ELSIF octet_length(NEW.content) > most THEN
            PERFORM refuse('paper_too_big', jsonb_build_object('size', octet_length(NEW.content), 'most', most));
        ELSIF NEW.content IS NOT NULL AND NOT is_named_as(NEW.file_name, NEW.content_type)
              OR NEW.content IS NULL AND NEW.file_name <> '' AND NOT is_safe_name(NEW.file_name) THEN
            PERFORM refuse('paper_name_refused', jsonb_build_object('file', left(NEW.file_name, 120)));
        END IF;
        IF NEW.number <> '' THEN
            NEW.number := coalesce(paper_number(NEW.number), '');
            IF NOT is_paper_number(NEW.number) THEN
                PERFORM refuse('paper_number_refused');
            END IF;
        ELSIF NEW.content IS NULL AND EXISTS (
                  SELECT FROM change_kind k, jsonb_array_elements(k.declaration -> 'papers') paper
                  WHERE k.code = r.kind AND paper ->> 'kind' = NEW.paper_kind
                    AND (paper ->> 'must_identify')::boolean) THEN
            PERFORM refuse('paper_number_missing');   -- that somebody was seen says nothing of who it was
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

CREATE OR REPLACE FUNCTION remove_change_paper(wanted_ident integer, wanted_id bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- a right to delete would be a right to lock the table
    DELETE FROM change_paper
    WHERE ident = wanted_ident AND id = wanted_id AND wanted_ident = ANY (readable_idents()) RETURNING id
$$;
COMMENT ON FUNCTION remove_change_paper(integer, bigint) IS
    'Take a paper away from a request that may still be edited; null if there is no such paper.';

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
    -- whoever brings a paper does not approve on the strength of it; an order comes to whoever decides
    IF TG_OP = 'INSERT' AND NEW.paper_kind <> 'provider_order' THEN
        UPDATE change_request SET editors = editors || session_user::text
        WHERE ident = NEW.ident AND id = NEW.request_id AND NOT session_user = ANY (editors);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER followed AFTER INSERT OR UPDATE OR DELETE ON change_paper
    FOR EACH ROW EXECUTE FUNCTION follow_change_paper();
