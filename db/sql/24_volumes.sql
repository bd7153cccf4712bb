-- How much one person may put into the database: what is kept for ever, or for everybody, has a bound.
--
-- How long a text or a document may be is said by CHECKs of the tables (*_volume, *_texts); here and in
-- the guards of papers, requests and promised numbers, how many there may be.

CREATE OR REPLACE FUNCTION refuse_beyond(rule text, counted bigint, of_setting text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    most CONSTANT bigint := setting_on(of_setting, office_day())::bigint;
BEGIN
    IF counted > most THEN
        PERFORM refuse(rule, jsonb_build_object('most', most));
    END IF;
END
$$;
COMMENT ON FUNCTION refuse_beyond(text, bigint, text) IS 'Refuse by a rule what goes beyond a setting.';

CREATE OR REPLACE FUNCTION bound_preferences() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM refuse_beyond('preferences_too_many',
        (SELECT count(*) + 1 FROM preference WHERE login = NEW.login AND name <> NEW.name), 'preferences_most');
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER bounded BEFORE INSERT ON preference
    FOR EACH ROW EXECUTE FUNCTION bound_preferences();

CREATE OR REPLACE FUNCTION forget_preference(of_name text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- a right to delete would be a right to lock the table
    DELETE FROM preference WHERE login = session_user AND name = of_name
$$;
