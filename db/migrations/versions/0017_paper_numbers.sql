-- The number of a paper of which no copy is kept: an identity card that was only seen is told by it.

ALTER TABLE change_paper ADD COLUMN number TEXT DEFAULT '' NOT NULL;
ALTER TABLE change_paper ADD CONSTRAINT ck_change_paper_number CHECK (
    length(number) <= 30 AND (number = '' OR number ~ '^[0-9A-Z/.-]{4,30}$' AND number !~ '^[0-9]{13}$'));
