-- What was handed out of payment plans: which paper, how, by whom, where and when.

CREATE TABLE plan_paper (
    ident INTEGER NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    plan_id BIGINT,
    paper VARCHAR(24) NOT NULL,
    medium VARCHAR(24) NOT NULL,
    script TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    operator TEXT DEFAULT session_user NOT NULL,
    branch_id SMALLINT NOT NULL,
    CONSTRAINT pk_plan_paper PRIMARY KEY (ident, id),
    CONSTRAINT ck_plan_paper_proposal_has_no_plan CHECK ((plan_id IS NULL) = (paper = 'proposal')),
    CONSTRAINT ck_plan_paper_script CHECK (script IN ('latin', 'cyrillic')),
    CONSTRAINT ck_plan_paper_paper CHECK (paper IN ('contract', 'slips', 'both', 'proposal')),
    CONSTRAINT ck_plan_paper_medium CHECK (medium IN ('printed', 'saved', 'copied', 'emailed')),
    CONSTRAINT fk_plan_paper_ident_plan_id FOREIGN KEY(ident, plan_id) REFERENCES plan (ident, id)
);
