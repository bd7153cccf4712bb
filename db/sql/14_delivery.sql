-- How bills go out, and the consents by which they go out by e-mail.
--
-- A consent is a record of its own: who gave it, to which address, when, how they were asked and in
-- which wording.  It is ended, and never altered otherwise; bills go by e-mail only while one holds.

CREATE OR REPLACE FUNCTION holder_name(of_ident integer) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE kind WHEN 'legal' THEN business_name ELSE concat_ws(' ', first_name, last_name) END FROM holder
    WHERE ident = of_ident ORDER BY is_in_force(valid_from, valid_to, office_day()) DESC, valid_from DESC LIMIT 1
$$;

CREATE OR REPLACE FUNCTION give_consent(
    of_ident integer, address text, by_name text, by_channel text, moment timestamptz, recorder text)
RETURNS email_consent
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Keeps that somebody consented to an address, in the wording of the day; null if a consent to it holds already.
DECLARE
    given email_consent%ROWTYPE;
BEGIN
    INSERT INTO email_consent (ident, consent_no, email, given_by, given_at, channel, wording, recorded_by)
    SELECT of_ident, 1 + coalesce((SELECT max(consent_no) FROM email_consent WHERE ident = of_ident), 0), address,
           left(by_name, 200), moment, by_channel,
           (setting_on('email_consent_wording', (moment AT TIME ZONE 'Europe/Belgrade')::date) ->> 'version')::smallint,
           recorder
    WHERE NOT EXISTS (SELECT FROM email_consent WHERE ident = of_ident AND email = address AND ended_at IS NULL)
    RETURNING * INTO given;
    RETURN given;
END
$$;

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
    PERFORM FROM delivery WHERE ident = wanted_ident AND version = seen_version FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF new_by_email AND address <> '' THEN
        PERFORM give_consent(wanted_ident, address, holder_name(wanted_ident), by_channel, clock_timestamp(),
                             session_user::text);
    END IF;
    UPDATE delivery SET by_email = new_by_email, on_paper = new_on_paper, email = address
    WHERE ident = wanted_ident;
    UPDATE email_consent
    SET ended_at = clock_timestamp(), ended_by = session_user,
        ended_because = CASE WHEN new_by_email THEN 'replaced' ELSE 'withdrawn' END
    WHERE ident = wanted_ident AND ended_at IS NULL AND NOT (new_by_email AND email = address);
    RETURN true;
END
$$;
COMMENT ON FUNCTION switch_delivery(integer, integer, boolean, boolean, text, text) IS
    'Switch the ways bills go out, if they still are as they were seen; false where they are not.';

-- What holds whoever writes ------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION hold_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM delivery d WHERE d.ident = NEW.ident AND d.by_email AND NOT EXISTS (
            SELECT FROM email_consent c WHERE c.ident = d.ident AND c.email = d.email AND c.ended_at IS NULL)) THEN
        PERFORM refuse('delivery_without_consent', jsonb_build_object('ident', NEW.ident));
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER held_by_consent AFTER INSERT OR UPDATE ON delivery
    FOR EACH ROW WHEN (NEW.by_email) EXECUTE FUNCTION hold_consent();
CREATE OR REPLACE TRIGGER held_by_consent AFTER UPDATE ON email_consent
    FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL) EXECUTE FUNCTION hold_consent();

CREATE OR REPLACE FUNCTION keep_consent() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    ending CONSTANT text[] := ARRAY['ended_at', 'ended_by', 'ended_because'];
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - ending <> to_jsonb(OLD) - ending THEN
        PERFORM refuse('row_immutable', jsonb_build_object('table', TG_TABLE_NAME, 'operation', TG_OP));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER immutable_row BEFORE UPDATE OR DELETE ON email_consent
    FOR EACH ROW EXECUTE FUNCTION keep_consent();
