-- Numbers of citizens and firms, telephones and e-mail addresses: what is wrong with one, how it is
-- masked, and the form in which it is compared.  As app.domain.personal_numbers and
-- app.domain.contacts have it; tests hold one against the other.

CREATE OR REPLACE FUNCTION jmbg_problem(number text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp AS $$
DECLARE
    weights CONSTANT int[] := ARRAY[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    total int := 0;
    thousands int;
BEGIN
    IF number !~ '^[0-9]{13}$' THEN
        RETURN 'unreadable';
    END IF;
    thousands := CASE WHEN substr(number, 5, 3)::int < 800 THEN 2000 ELSE 1000 END;
    BEGIN
        PERFORM make_date(thousands + substr(number, 5, 3)::int, substr(number, 3, 2)::int, left(number, 2)::int);
    EXCEPTION WHEN datetime_field_overflow THEN
        RETURN 'impossible_date';
    END;
    FOR place IN 1..12 LOOP
        total := total + weights[place] * substr(number, place, 1)::int;
    END LOOP;
    IF (11 - total % 11) % 11 % 10 <> right(number, 1)::int THEN
        RETURN 'wrong_check_digit';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION jmbg_problem(text) IS 'What is wrong with a citizen''s number; null if nothing is.';

CREATE OR REPLACE FUNCTION pib_problem(number text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp AS $$
DECLARE
    product int := 10;
    digit int;
BEGIN
    IF number !~ '^[0-9]{9}$' THEN
        RETURN 'unreadable';
    END IF;
    FOR place IN 1..8 LOOP   -- ISO 7064 MOD 11,10
        digit := (substr(number, place, 1)::int + product) % 10;
        product := CASE digit WHEN 0 THEN 10 ELSE digit END * 2 % 11;
    END LOOP;
    RETURN CASE WHEN (product + right(number, 1)::int) % 10 <> 1 THEN 'wrong_check_digit' END;
END
$$;

CREATE OR REPLACE FUNCTION masked_number(number text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN number ~ '^[0-9]{13}$' THEN left(number, 4) || '•••••' || right(number, 4)
            ELSE repeat('•', length(number)) END;

CREATE OR REPLACE FUNCTION normalized_phone(typed text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp AS $$
-- app.domain.contacts.normalize_phone once more; tests hold one against the other
DECLARE
    digits text := regexp_replace(typed, '[\s()/.\-\u2013]', '', 'g');
BEGIN
    IF left(digits, 1) = '+' THEN
        digits := '00' || substr(digits, 2);
    END IF;
    IF digits !~ '^[0-9]+$' THEN
        RETURN NULL;
    END IF;
    IF left(digits, 5) = '00381' THEN
        digits := '0' || regexp_replace(substr(digits, 6), '^0', '');
    ELSIF left(digits, 3) = '381' AND length(digits) >= 11 THEN
        digits := '0' || regexp_replace(substr(digits, 4), '^0', '');
    ELSIF left(digits, 1) <> '0' THEN
        digits := '0' || digits;
    END IF;
    RETURN CASE WHEN length(digits) BETWEEN 8 AND CASE WHEN left(digits, 2) = '00' THEN 17 ELSE 11 END
                THEN digits END;
END
$$;

CREATE OR REPLACE FUNCTION normalized_email(typed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN regexp_replace(lower(btrim(typed)), '^mailto:', '')
                 ~ '^[^\s@<>"|]+@[^\s@<>"|.]+(\.[^\s@<>"|.]+)+$'
                 AND length(regexp_replace(lower(btrim(typed)), '^mailto:', '')) <= 254
            THEN regexp_replace(lower(btrim(typed)), '^mailto:', '') END;
