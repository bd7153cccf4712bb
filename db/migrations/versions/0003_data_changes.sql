-- Requests to change data: their kinds, the moves they may make, papers, events and effects.

CREATE TABLE change_kind (
    code TEXT NOT NULL,
    position SMALLINT NOT NULL,
    number SMALLINT NOT NULL,
    route VARCHAR(24) NOT NULL,
    scope TEXT NOT NULL,
    decider TEXT NOT NULL,
    ground TEXT NOT NULL,
    four_eyes BOOLEAN NOT NULL,
    deadline_days SMALLINT NOT NULL,
    is_current BOOLEAN NOT NULL,
    declaration JSONB NOT NULL,
    CONSTRAINT pk_change_kind PRIMARY KEY (code),
    CONSTRAINT ck_change_kind_route CHECK (route IN ('desk', 'consulted', 'provider'))
);

CREATE TABLE change_transition (
    route VARCHAR(24) NOT NULL,
    old_state VARCHAR(24) NOT NULL,
    new_state VARCHAR(24) NOT NULL,
    mover VARCHAR(24) NOT NULL,
    CONSTRAINT pk_change_transition PRIMARY KEY (route, old_state, new_state, mover),
    CONSTRAINT ck_change_transition_route CHECK (route IN ('desk', 'consulted', 'provider')),
    CONSTRAINT ck_change_transition_old_state CHECK (old_state IN ('draft', 'submitted', 'returned', 'with_provider', 'approved', 'rejected', 'applied', 'cancelled')),
    CONSTRAINT ck_change_transition_new_state CHECK (new_state IN ('draft', 'submitted', 'returned', 'with_provider', 'approved', 'rejected', 'applied', 'cancelled')),
    CONSTRAINT ck_change_transition_mover CHECK (mover IN ('enterer', 'clerk', 'decider', 'supervisor', 'system'))
);

CREATE TABLE change_serial (
    branch_id SMALLINT NOT NULL,
    year SMALLINT NOT NULL,
    last_serial INTEGER NOT NULL,
    CONSTRAINT pk_change_serial PRIMARY KEY (branch_id, year),
    CONSTRAINT fk_change_serial_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
);

CREATE TABLE reserved_ident (
    ident INTEGER NOT NULL,
    login TEXT NOT NULL,
    reserved_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_reserved_ident PRIMARY KEY (ident)
);

CREATE TABLE change_request (
    ident INTEGER NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    version INTEGER DEFAULT 1 NOT NULL,
    kind TEXT NOT NULL,
    state VARCHAR(24) DEFAULT 'draft' NOT NULL,
    channel VARCHAR(24) NOT NULL,
    branch_id SMALLINT NOT NULL,
    entered_by TEXT DEFAULT session_user NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    editors TEXT[] DEFAULT '{}' NOT NULL,
    number TEXT,
    number_year SMALLINT,
    number_serial INTEGER,
    submitted_at TIMESTAMP WITH TIME ZONE,
    received_on DATE,
    happened_on DATE,
    applicant_name TEXT DEFAULT '' NOT NULL,
    applicant_standing VARCHAR(24),
    applicant_id_card TEXT DEFAULT '' NOT NULL,
    applicant_phone TEXT DEFAULT '' NOT NULL,
    applicant_email TEXT DEFAULT '' NOT NULL,
    basis_act TEXT DEFAULT '' NOT NULL,
    basis_number TEXT DEFAULT '' NOT NULL,
    basis_date DATE,
    basis_issuer TEXT DEFAULT '' NOT NULL,
    old_values JSONB DEFAULT '{}' NOT NULL,
    new_values JSONB DEFAULT '{}' NOT NULL,
    secrets JSONB DEFAULT '{}' NOT NULL,
    applies_from SMALLINT,
    cutoff_day SMALLINT,
    is_late BOOLEAN DEFAULT false NOT NULL,
    due_on DATE,
    missing_papers TEXT[] DEFAULT '{}' NOT NULL,
    unseen_originals TEXT[] DEFAULT '{}' NOT NULL,
    claimed_by TEXT,
    claimed_at TIMESTAMP WITH TIME ZONE,
    provider_id SMALLINT,
    sent_to_provider_at TIMESTAMP WITH TIME ZONE,
    provider_order TEXT DEFAULT '' NOT NULL,
    decided_by TEXT,
    decided_at TIMESTAMP WITH TIME ZONE,
    reason TEXT DEFAULT '' NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE,
    undoes BIGINT,
    note TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_change_request PRIMARY KEY (ident, id),
    CONSTRAINT uq_change_request_id UNIQUE (id),
    CONSTRAINT uq_change_request_branch_id_number_year_number_serial UNIQUE (branch_id, number_year, number_serial),
    CONSTRAINT ck_change_request_happened_before_received CHECK (happened_on <= received_on),
    CONSTRAINT ck_change_request_numbered CHECK ((number IS NULL) = (submitted_at IS NULL) AND (number IS NULL) = (number_serial IS NULL) AND (state IN ('draft', 'cancelled') OR number IS NOT NULL)),
    CONSTRAINT ck_change_request_texts CHECK (octet_length(new_values::text) <= 20000 AND length(applicant_name) <= 200 AND length(applicant_id_card) <= 40 AND length(applicant_phone) <= 60 AND length(applicant_email) <= 200 AND length(basis_act) <= 60 AND length(basis_number) <= 120 AND length(basis_issuer) <= 200 AND length(provider_order) <= 200 AND length(reason) <= 2000 AND length(note) <= 4000),
    CONSTRAINT ck_change_request_applies_from CHECK (mod(applies_from, 100) BETWEEN 1 AND 12),
    CONSTRAINT fk_change_request_kind FOREIGN KEY(kind) REFERENCES change_kind (code),
    CONSTRAINT ck_change_request_state CHECK (state IN ('draft', 'submitted', 'returned', 'with_provider', 'approved', 'rejected', 'applied', 'cancelled')),
    CONSTRAINT ck_change_request_channel CHECK (channel IN ('counter', 'post', 'email', 'portal', 'phone')),
    CONSTRAINT fk_change_request_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
    CONSTRAINT ck_change_request_applicant_standing CHECK (applicant_standing IN ('owner', 'tenant', 'proxy')),
    CONSTRAINT fk_change_request_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id),
    CONSTRAINT fk_change_request_undoes FOREIGN KEY(undoes) REFERENCES change_request (id)
);
CREATE INDEX ix_change_request_branch_due ON change_request (branch_id, state, due_on, id) WHERE state IN ('submitted', 'returned', 'with_provider', 'approved');
CREATE INDEX ix_change_request_branch_kind_due ON change_request (branch_id, state, kind, due_on, id) WHERE state IN ('submitted', 'returned', 'with_provider', 'approved');
CREATE INDEX ix_change_request_claimed_by ON change_request (claimed_by, due_on, id) WHERE claimed_by IS NOT NULL AND state IN ('submitted', 'returned', 'with_provider', 'approved');
CREATE INDEX ix_change_request_due ON change_request (state, due_on, id) WHERE state IN ('submitted', 'returned', 'with_provider', 'approved');
CREATE INDEX ix_change_request_kind_due ON change_request (state, kind, due_on, id) WHERE state IN ('submitted', 'returned', 'with_provider', 'approved');
CREATE UNIQUE INDEX uq_change_request_undoes ON change_request (undoes) WHERE undoes IS NOT NULL AND state NOT IN ('rejected', 'cancelled');

CREATE TABLE change_paper (
    ident INTEGER NOT NULL,
    request_id BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    paper_kind TEXT NOT NULL,
    act TEXT DEFAULT '' NOT NULL,
    file_name TEXT DEFAULT '' NOT NULL,
    content_type TEXT DEFAULT '' NOT NULL,
    size INTEGER GENERATED ALWAYS AS (coalesce(octet_length(content), 0)) STORED NOT NULL,
    sha256 BYTEA GENERATED ALWAYS AS (sha256(content)) STORED,
    content BYTEA,
    is_original_seen BOOLEAN DEFAULT false NOT NULL,
    original_seen_by TEXT,
    original_seen_at TIMESTAMP WITH TIME ZONE,
    added_by TEXT DEFAULT session_user NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_change_paper PRIMARY KEY (ident, request_id, id),
    CONSTRAINT fk_change_paper_ident_request_id FOREIGN KEY(ident, request_id) REFERENCES change_request (ident, id),
    CONSTRAINT ck_change_paper_something CHECK (content IS NOT NULL OR is_original_seen),
    CONSTRAINT ck_change_paper_seen_by CHECK (is_original_seen = (original_seen_by IS NOT NULL))
);

CREATE TABLE change_event (
    ident INTEGER NOT NULL,
    request_id BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    happened_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    login TEXT NOT NULL,
    old_state VARCHAR(24),
    new_state VARCHAR(24) NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_change_event PRIMARY KEY (ident, request_id, id),
    CONSTRAINT fk_change_event_ident_request_id FOREIGN KEY(ident, request_id) REFERENCES change_request (ident, id),
    CONSTRAINT ck_change_event_old_state CHECK (old_state IN ('draft', 'submitted', 'returned', 'with_provider', 'approved', 'rejected', 'applied', 'cancelled')),
    CONSTRAINT ck_change_event_new_state CHECK (new_state IN ('draft', 'submitted', 'returned', 'with_provider', 'approved', 'rejected', 'applied', 'cancelled'))
);

CREATE TABLE change_effect (
    ident INTEGER NOT NULL,
    request_id BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    table_name TEXT NOT NULL,
    valid_from DATE,
    before JSONB,
    after JSONB,
    secrets JSONB,
    CONSTRAINT pk_change_effect PRIMARY KEY (ident, request_id, id),
    CONSTRAINT fk_change_effect_request_id FOREIGN KEY(request_id) REFERENCES change_request (id)
);
CREATE INDEX ix_change_effect_request_id ON change_effect (request_id);

-- pictures and PDF are compressed already: trying again would cost time and win nothing
ALTER TABLE change_paper ALTER COLUMN content SET STORAGE EXTERNAL;
-- claiming rewrites rows that no index needs to hear of
ALTER TABLE change_request SET (fillfactor = 85);
