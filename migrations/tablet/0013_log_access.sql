-- What was opened, searched and tried on this tablet, until the server has it: the way the server
-- keeps it, without who, which the server knows. Rows of the log are no work: nothing waits for them.
CREATE TABLE access_row (
    -- The order in which they were made.
    position INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE,
    -- `AccessRow` as CBOR.
    body     BLOB NOT NULL
) STRICT;
