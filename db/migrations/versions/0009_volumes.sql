-- What people write has a bound in every table, named so that the refusal has a sentence.

ALTER TABLE preference ADD CONSTRAINT ck_preference_volume
    CHECK (length(name) <= 200 AND octet_length(value::text) <= 65536);
ALTER TABLE completed_action ADD CONSTRAINT ck_completed_action_volume
    CHECK (length(kind) <= 200 AND octet_length(result::text) <= 65536);
ALTER TABLE read_log ADD CONSTRAINT ck_read_log_volume CHECK (octet_length(detail::text) <= 16384);
ALTER TABLE reissue ADD CONSTRAINT ck_reissue_volume CHECK (length(note) <= 2000);
ALTER TABLE delivery ADD CONSTRAINT ck_delivery_volume CHECK (length(email) <= 254);
ALTER TABLE change_paper ADD CONSTRAINT ck_change_paper_volume
    CHECK (length(paper_kind) <= 60 AND length(act) <= 200 AND length(file_name) <= 200);
ALTER TABLE programme ADD CONSTRAINT ck_programme_volume CHECK (length(code) <= 60 AND length(name) <= 400);

CREATE INDEX ix_change_request_entered_by_entered_at ON change_request (entered_by, entered_at);
CREATE INDEX ix_change_paper_added_by_added_at ON change_paper (added_by, added_at) INCLUDE (size);
CREATE INDEX ix_reserved_ident_login_reserved_at ON reserved_ident (login, reserved_at);
