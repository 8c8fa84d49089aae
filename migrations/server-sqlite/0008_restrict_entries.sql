-- Single entries that clients restrict: each is a document of the kind `restricted`, whose `month` is
-- that in which it was written and its id, as `2026-11/0190…`.

-- Whom such a document is and was open to.
CREATE TABLE entry_reader (
    document   BLOB NOT NULL,
    -- Empty: everyone whom the client lets in.
    worker     BLOB NOT NULL,
    since_time INTEGER NOT NULL,
    -- Null as long as it is open to them.
    until_time INTEGER,
    PRIMARY KEY (document, worker, since_time)
) STRICT, WITHOUT ROWID;

CREATE INDEX restricted_document ON document (team) WHERE kind = 'restricted';

-- Entries that stand in documents of their own, and are to be erased from their journals yet.
CREATE TABLE moving_entry (
    client     BLOB NOT NULL,
    month      TEXT NOT NULL,
    entry      BLOB NOT NULL,
    -- Who wrote down that it is restricted.
    written_by BLOB NOT NULL,
    PRIMARY KEY (client, month, entry)
) STRICT, WITHOUT ROWID;
