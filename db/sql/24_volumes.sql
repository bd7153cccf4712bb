-- How much one person may put into the database: what is kept for ever, or for everybody, has a bound.
--
-- How long a text or a document may be is said by CHECKs of the tables; here is how many there may be.

CREATE OR REPLACE FUNCTION forget_preference(of_name text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- a right to delete would be a right to lock the table
    DELETE FROM preference WHERE login = session_user AND name = of_name
$$;
