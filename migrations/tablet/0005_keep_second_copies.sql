-- Everything that only this tablet can know stands in the database twice, in tables apart and so on
-- pages apart: one damaged page can't take both. Triggers write the second copy in the transaction,
-- and so in the fsync, of the first, whoever writes that.

-- The worker's own changes that the server doesn't have.
CREATE TABLE own_copy (
    position INTEGER NOT NULL,      -- as in `change`, for their order
    document BLOB NOT NULL,
    hash     BLOB NOT NULL,
    bytes    BLOB NOT NULL,
    state    INTEGER NOT NULL,
    refusal  TEXT,
    work     TEXT NOT NULL,
    fact     BLOB,
    made     INTEGER,
    client   BLOB,                  -- the document's, as in `document`; null until that is written
    month    TEXT,
    team     BLOB,
    UNIQUE (document, hash)
) STRICT;

CREATE TABLE draft_copy (
    kind  TEXT NOT NULL,
    about BLOB NOT NULL,
    body  TEXT NOT NULL,
    saved INTEGER NOT NULL,
    PRIMARY KEY (kind, about)
) STRICT, WITHOUT ROWID;

CREATE TABLE identity_copy (
    one   INTEGER PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- After a repair: documents that have lost something, until the server has sent it again. The id of
-- sixteen zeros stands for every document that isn't in `document`.
CREATE TABLE gap (
    document BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

INSERT INTO own_copy
SELECT change.position, change.document, hash, bytes, state, refusal, work, fact, made,
       client, month, team
FROM change
JOIN document ON document.id = change.document
WHERE work IS NOT NULL AND state <> 1;

INSERT INTO draft_copy SELECT kind, about, body, saved FROM draft;

INSERT INTO identity_copy SELECT 1, value FROM setting WHERE key = 'identity';

CREATE TRIGGER copy_change AFTER INSERT ON change WHEN NEW.work IS NOT NULL AND NEW.state <> 1
BEGIN
    INSERT OR REPLACE INTO own_copy
    SELECT NEW.position, NEW.document, NEW.hash, NEW.bytes, NEW.state, NEW.refusal, NEW.work,
           NEW.fact, NEW.made, document.client, document.month, document.team
    FROM (SELECT 1) LEFT JOIN document ON document.id = NEW.document;
END;

-- Once the server has the change, its copy is there.
CREATE TRIGGER copy_change_anew AFTER UPDATE ON change WHEN OLD.work IS NOT NULL
BEGIN
    DELETE FROM own_copy WHERE document = OLD.document AND hash = OLD.hash;
    INSERT OR REPLACE INTO own_copy
    SELECT NEW.position, NEW.document, NEW.hash, NEW.bytes, NEW.state, NEW.refusal, NEW.work,
           NEW.fact, NEW.made, document.client, document.month, document.team
    FROM (SELECT 1) LEFT JOIN document ON document.id = NEW.document
    WHERE NEW.state <> 1;
END;

CREATE TRIGGER drop_change_copy AFTER DELETE ON change WHEN OLD.work IS NOT NULL
BEGIN
    DELETE FROM own_copy WHERE document = OLD.document AND hash = OLD.hash;
END;

-- A document's first change is stored before the document.
CREATE TRIGGER name_copies AFTER INSERT ON document
BEGIN
    UPDATE own_copy
    SET client = NEW.client, month = NEW.month, team = NEW.team
    WHERE document = NEW.id AND client IS NULL;
END;

CREATE TRIGGER copy_draft AFTER INSERT ON draft
BEGIN
    INSERT OR REPLACE INTO draft_copy VALUES (NEW.kind, NEW.about, NEW.body, NEW.saved);
END;

CREATE TRIGGER copy_draft_anew AFTER UPDATE ON draft
BEGIN
    INSERT OR REPLACE INTO draft_copy VALUES (NEW.kind, NEW.about, NEW.body, NEW.saved);
END;

CREATE TRIGGER drop_draft_copy AFTER DELETE ON draft
BEGIN
    DELETE FROM draft_copy WHERE kind = OLD.kind AND about = OLD.about;
END;

CREATE TRIGGER copy_identity AFTER INSERT ON setting WHEN NEW.key = 'identity'
BEGIN
    INSERT OR REPLACE INTO identity_copy VALUES (1, NEW.value);
END;

CREATE TRIGGER copy_identity_anew AFTER UPDATE ON setting WHEN NEW.key = 'identity'
BEGIN
    INSERT OR REPLACE INTO identity_copy VALUES (1, NEW.value);
END;
