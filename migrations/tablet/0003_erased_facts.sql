-- That a fact was erased: a part of the projection.
CREATE TABLE erased_fact (
    id       BLOB PRIMARY KEY,
    document BLOB NOT NULL,
    client   BLOB NOT NULL,
    at       INTEGER NOT NULL,
    ground   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX erased_of_client ON erased_fact (client, at);
