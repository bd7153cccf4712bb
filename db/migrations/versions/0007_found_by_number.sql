-- What a search looks up whole: the last six digits of a telephone, and the number of a case.

CREATE INDEX ix_contact_phone_end ON contact (right(normalized, 6)) WHERE kind = 'phone';
CREATE INDEX ix_enforcement_case_case_number ON enforcement_case (case_number) WHERE case_number <> '';
