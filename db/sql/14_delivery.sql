-- How bills go out, switched while the customer waits: the only way, so that nobody redirects a bill beside it.

CREATE OR REPLACE FUNCTION switch_delivery(
    wanted_ident integer, seen_version integer, new_by_email boolean, new_on_paper boolean, new_email text,
    by_channel text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    address CONSTANT text := CASE WHEN btrim(new_email) = '' THEN '' ELSE normalized_email(new_email) END;
BEGIN
    IF NOT wanted_ident = ANY (readable_idents()) THEN
        RETURN NULL;   -- as where there is no such account: nothing is told
    ELSIF address IS NULL THEN
        PERFORM refuse('delivery_email_wrong');
    END IF;
    UPDATE delivery
    SET by_email = new_by_email, on_paper = new_on_paper, email = address,
        consent_channel = CASE WHEN new_by_email THEN by_channel ELSE consent_channel END
    WHERE ident = wanted_ident AND version = seen_version;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION switch_delivery(integer, integer, boolean, boolean, text, text) IS
    'Switch the ways bills go out, if they still are as they were seen; false where they are not.';
