-- The truth: documents and the changes that they are made of.
CREATE TABLE document (
    id     BLOB PRIMARY KEY,
    client BLOB NOT NULL,
    month  TEXT,            -- NULL: the care document
    team   BLOB NOT NULL,
    heads  BLOB NOT NULL    -- sorted hashes, one after the other
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
    position INTEGER PRIMARY KEY,   -- the order of arrival
    document BLOB NOT NULL,
    hash     BLOB NOT NULL,
    bytes    BLOB NOT NULL,
    state    INTEGER NOT NULL,      -- 0 waiting, 1 on the server, 2 refused
    refusal  TEXT,                  -- a Problem as JSON, when refused
    work     TEXT,                  -- what the change is to a worker, as JSON; own changes only
    fact     BLOB,                  -- the fact that it adds; own changes only
    made     INTEGER,               -- when, in milliseconds; own changes only
    UNIQUE (document, hash)
) STRICT;

CREATE INDEX change_not_sent ON change (position) WHERE state <> 1;
CREATE INDEX change_of_fact ON change (fact) WHERE fact IS NOT NULL;

-- The projection: what screens read. Made from the changes, and can be rebuilt from them.
CREATE TABLE fact (
    id       BLOB PRIMARY KEY,
    document BLOB NOT NULL,
    client   BLOB NOT NULL,
    kind     TEXT NOT NULL,
    author   BLOB NOT NULL,
    written  INTEGER NOT NULL,
    happened INTEGER NOT NULL,
    amends   BLOB,
    visit    BLOB,                  -- the planned visit of a visit report
    body     BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_of_client ON fact (client, kind, happened);
CREATE INDEX fact_amending ON fact (amends) WHERE amends IS NOT NULL;
CREATE INDEX fact_of_visit ON fact (visit) WHERE visit IS NOT NULL;

CREATE TABLE plan_object (
    client    BLOB NOT NULL,
    part      TEXT NOT NULL,
    id        BLOB NOT NULL,
    document  BLOB NOT NULL,
    fields    TEXT NOT NULL,        -- JSON
    conflicts TEXT,                 -- JSON, where fields have several values
    PRIMARY KEY (client, part, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit (
    id            BLOB PRIMARY KEY,
    document      BLOB NOT NULL,
    client        BLOB NOT NULL,
    starts        INTEGER NOT NULL,
    minutes       INTEGER NOT NULL,
    worker        BLOB NOT NULL,
    interventions TEXT NOT NULL     -- ids with spaces between
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_by_time ON visit (starts);

-- What is in a document and can't be read: counted and shown, never skipped in silence.
CREATE TABLE unreadable (
    document BLOB NOT NULL,
    part     TEXT NOT NULL,         -- a part of the plan, or `facts`
    id       BLOB NOT NULL,
    client   BLOB NOT NULL,
    PRIMARY KEY (document, part, id)
) STRICT, WITHOUT ROWID;

-- What belongs to this worker on this tablet alone.
CREATE TABLE draft (
    kind  TEXT NOT NULL,            -- visit or conversation
    about BLOB NOT NULL,            -- the visit or the client
    body  TEXT NOT NULL,            -- JSON
    saved INTEGER NOT NULL,
    PRIMARY KEY (kind, about)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (
    fact BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- When a colleague's fact came in by sync, if later than the tablet's first filling.
CREATE TABLE arrival (
    fact BLOB PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team (
    id      BLOB PRIMARY KEY,
    body    TEXT NOT NULL,          -- JSON
    through INTEGER NOT NULL,       -- the sync cursor
    filled  INTEGER NOT NULL        -- 1 once the first filling has come to its end
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
