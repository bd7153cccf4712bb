-- Which database this is: told to a seal, so that it is not held against another one.
CREATE TABLE installation (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    is_this BOOLEAN DEFAULT true NOT NULL,
    set_up_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_installation PRIMARY KEY (is_this),
    CONSTRAINT ck_installation_is_this CHECK (is_this)
);
INSERT INTO installation DEFAULT VALUES;
