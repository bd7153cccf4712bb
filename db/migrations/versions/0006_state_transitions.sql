-- The moves from state to state, by the table whose rows make them; filled at every upgrade.

CREATE TABLE state_transition (
    table_name TEXT NOT NULL,
    old_state VARCHAR(24) NOT NULL,
    new_state VARCHAR(24) NOT NULL,
    CONSTRAINT pk_state_transition PRIMARY KEY (table_name, old_state, new_state)
);
