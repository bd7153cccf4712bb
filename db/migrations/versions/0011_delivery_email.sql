-- One form of an address, as normalized_email() has it: no line breaks, so no headers of anybody's.
UPDATE delivery SET email = '' WHERE NOT by_email AND email <> '' AND NOT (
    length(email) <= 254 AND email = lower(email)
    AND email !~ '^mailto:' AND email ~ '^[^\s@<>"|]+@[^\s@<>"|.]+(\.[^\s@<>"|.]+)+$');
ALTER TABLE delivery ADD CONSTRAINT ck_delivery_email_form CHECK (
    email = '' OR length(email) <= 254 AND email = lower(email)
    AND email !~ '^mailto:' AND email ~ '^[^\s@<>"|]+@[^\s@<>"|.]+(\.[^\s@<>"|.]+)+$');
