-- What was published and is wrong, or cannot be read, is withdrawn; plans signed under it stay.
ALTER TABLE programme_version
    ADD COLUMN withdrawn_by TEXT,
    ADD COLUMN withdrawn_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN withdrawal_reason TEXT DEFAULT '' NOT NULL,
    DROP CONSTRAINT ck_programme_version_published,
    ADD CONSTRAINT ck_programme_version_published CHECK ((state = 'draft') = (published_at IS NULL)),
    DROP CONSTRAINT ck_programme_version_state,
    ADD CONSTRAINT ck_programme_version_state CHECK (state IN ('draft', 'published', 'withdrawn')),
    DROP CONSTRAINT ck_programme_version_texts,
    ADD CONSTRAINT ck_programme_version_texts CHECK (octet_length(terms::text) <= 40000 AND length(decision) <= 400 AND length(legal_basis) <= 400 AND length(note) <= 4000 AND length(withdrawal_reason) <= 400),
    ADD CONSTRAINT ck_programme_version_withdrawn CHECK (CASE state WHEN 'withdrawn' THEN withdrawn_by IS NOT NULL AND withdrawn_at IS NOT NULL AND btrim(withdrawal_reason) <> '' ELSE withdrawn_at IS NULL END);
