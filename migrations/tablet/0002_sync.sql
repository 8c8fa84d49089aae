-- Sync: documents that came whole, what is missing, receipts, what came late, what may leave.

-- How often something has been erased from the document.
ALTER TABLE document ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
-- Until when a journal older than tablets keep stays here, because it was asked for.
ALTER TABLE document ADD COLUMN stays_until INTEGER;

-- The number that an own change has in the team's log, once the server has it.
ALTER TABLE change ADD COLUMN number INTEGER;

-- Documents that came whole: the changes in `change` come on top.
CREATE TABLE snapshot (
    document BLOB PRIMARY KEY,
    bytes    BLOB NOT NULL
) STRICT;

-- Documents that the server has and the tablet lacks.
CREATE TABLE missing (
    document   BLOB PRIMARY KEY,
    client     BLOB NOT NULL,
    month      TEXT,                -- NULL: the care document
    team       BLOB NOT NULL,
    generation INTEGER NOT NULL,
    bytes      INTEGER NOT NULL     -- about how many, for the progress bar
) STRICT, WITHOUT ROWID;

-- How far receipts have been read.
ALTER TABLE team ADD COLUMN receipts INTEGER NOT NULL DEFAULT 0;
-- From which month on journals are kept.
ALTER TABLE team ADD COLUMN since TEXT NOT NULL DEFAULT '';
-- About how many bytes the list of documents came to, for the progress bar.
ALTER TABLE team ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
-- 1 once the worker is not in the team any more; kept while something of it waits.
ALTER TABLE team ADD COLUMN is_left INTEGER NOT NULL DEFAULT 0;

-- How far each colleague's tablet has come, and how far the colleague has read.
CREATE TABLE receipt (
    team    BLOB NOT NULL,
    worker  BLOB NOT NULL,
    client  BLOB NOT NULL,          -- whose journal was read; empty: everything is on the tablet
    through INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (team, worker, client)
) STRICT, WITHOUT ROWID;

-- How far this worker has read.
CREATE TABLE read_mark (
    client  BLOB PRIMARY KEY,
    through INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    is_sent INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Work that was accepted although its author had no access any more when it came.
CREATE TABLE late_work (
    document BLOB NOT NULL,
    hash     BLOB NOT NULL,
    client   BLOB NOT NULL,
    fact     BLOB,
    received INTEGER NOT NULL,
    body     TEXT NOT NULL,         -- LateWork as JSON
    PRIMARY KEY (document, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX late_fact ON late_work (fact) WHERE fact IS NOT NULL;
