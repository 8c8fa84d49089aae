-- The entries that the client restricts, as their journals say: part of the projection. An entry that
-- stands here is shown only out of a document of its own, whose `month` in `document` is that in which
-- it was written and its id, as `2026-11/0190…`.
CREATE TABLE restricted_entry (
    fact     BLOB PRIMARY KEY,      -- the fact that says so
    document BLOB NOT NULL,
    client   BLOB NOT NULL,
    entry    BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX restricted_of_document ON restricted_entry (document, entry);
