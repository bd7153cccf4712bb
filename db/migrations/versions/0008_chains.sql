-- Everybody's entries are linked into a chain of their own.  What was written before stays in the one
-- chain it was linked into, whose name is empty: its hashes go on being proven as they are.

ALTER TABLE audit_log ADD COLUMN chain TEXT DEFAULT '' NOT NULL;
ALTER TABLE read_log ADD COLUMN chain TEXT DEFAULT '' NOT NULL;
ALTER TABLE audit_log ALTER COLUMN chain SET DEFAULT session_user;
ALTER TABLE read_log ALTER COLUMN chain SET DEFAULT session_user;

DROP INDEX uq_audit_log_chain_no;
DROP INDEX uq_read_log_chain_no;
CREATE UNIQUE INDEX uq_audit_log_chain_chain_no ON audit_log (chain, chain_no);
CREATE UNIQUE INDEX uq_read_log_chain_chain_no ON read_log (chain, chain_no);

ALTER TABLE chain_head ADD COLUMN chain TEXT DEFAULT '' NOT NULL;
ALTER TABLE chain_head ALTER COLUMN chain DROP DEFAULT;
ALTER TABLE chain_head DROP CONSTRAINT pk_chain_head;
ALTER TABLE chain_head ADD CONSTRAINT pk_chain_head PRIMARY KEY (log, chain);

CREATE TABLE chain_joint (
    joint_no BIGINT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    content JSONB NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_chain_joint PRIMARY KEY (joint_no)
);
