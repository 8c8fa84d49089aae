-- Sync: what tablets keep, snapshots, receipts, late work, and where clients were before.

-- How many whole months of journals the team's tablets keep beside the present one.
ALTER TABLE team ADD COLUMN retention_months INTEGER NOT NULL DEFAULT 3;
-- The number of the team's newest receipt.
ALTER TABLE team ADD COLUMN last_receipt INTEGER NOT NULL DEFAULT 0;

-- How often something has been erased from the document.
ALTER TABLE document ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
-- The bytes of its changes, for a progress bar.
ALTER TABLE document ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
UPDATE document
SET size = (SELECT COALESCE(SUM(LENGTH(bytes)), 0) FROM change WHERE change.document = document.id);

-- Documents whole, as new tablets get them: kept from the last time that one was asked for.
CREATE TABLE snapshot (
    document BLOB PRIMARY KEY,
    -- The heads that it has: another than the document's own means that it is out of date.
    heads    BLOB NOT NULL,
    bytes    BLOB NOT NULL
) STRICT;

-- Which team served a client until a moment; the present one is in `client`.
CREATE TABLE served (
    client     BLOB NOT NULL,
    until_time INTEGER NOT NULL,
    team       BLOB NOT NULL,
    PRIMARY KEY (client, until_time)
) STRICT, WITHOUT ROWID;

-- Changes that were accepted although their author had no access any more when they came.
CREATE TABLE late_work (
    team     BLOB NOT NULL,
    number   INTEGER NOT NULL,
    document BLOB NOT NULL,
    hash     BLOB NOT NULL,
    worker   BLOB NOT NULL,
    fact     BLOB,
    part     TEXT,
    -- By the tablet's clock, as are `sent`; `received` is the server's.
    written  INTEGER NOT NULL,
    sent     INTEGER NOT NULL,
    received INTEGER NOT NULL,
    reason   TEXT NOT NULL,
    PRIMARY KEY (team, number)
) STRICT, WITHOUT ROWID;

-- How far each worker's tablet has come in a team's log, and how far the worker has read.
CREATE TABLE receipt (
    team    BLOB NOT NULL,
    worker  BLOB NOT NULL,
    -- Whose journal was read; empty: everything of the team's is on the worker's tablet.
    client  BLOB NOT NULL,
    through INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    -- Of the team's receipts, by which tablets read on.
    number  INTEGER NOT NULL,
    PRIMARY KEY (team, worker, client)
) STRICT, WITHOUT ROWID;

CREATE INDEX receipt_by_number ON receipt (team, number);
