-- The server's store: teams with their people, tablets, documents and the numbered log of changes.
--
-- Ids are the sixteen bytes of a UUID, hashes the thirty-two of a SHA-256, moments milliseconds
-- since 1970 in UTC, days `2026-11-21`. No foreign keys: what belongs together can arrive
-- separately, and a change must never be refused because a row beside it isn't there yet.

CREATE TABLE team (
    id          BLOB PRIMARY KEY,
    name        TEXT NOT NULL,
    -- The number of the team's newest change: counted up in the transaction that stores a change,
    -- so that a reader can never skip one.
    last_number INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE worker (
    id              BLOB PRIMARY KEY,
    employee_number TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
    team       BLOB NOT NULL,
    -- The order of the team's list.
    position   INTEGER NOT NULL,
    worker     BLOB NOT NULL,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    profession TEXT NOT NULL,
    from_day   TEXT NOT NULL,
    -- Inclusive; open when null.
    to_day     TEXT,
    PRIMARY KEY (team, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX member_by_worker ON member (worker);

CREATE TABLE client (
    id              BLOB PRIMARY KEY,
    team            BLOB NOT NULL,
    position        INTEGER NOT NULL,
    -- Who is responsible, as the care document says: written in the transaction that stores a
    -- change of it, so that judging a journal's change needs no other document.
    primary_contact BLOB,
    service_lead    BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX client_by_team ON client (team, position);

CREATE TABLE tablet (
    id         BLOB PRIMARY KEY,
    worker     BLOB NOT NULL,
    -- SHA-256 of the bearer token, which itself is nowhere here.
    token_hash BLOB NOT NULL UNIQUE,
    enrolled   INTEGER NOT NULL,
    revoked    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolment_code (
    -- SHA-256 of the code, which itself is nowhere here.
    code_hash BLOB PRIMARY KEY,
    worker    BLOB NOT NULL,
    expires   INTEGER NOT NULL,
    used      INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    id     BLOB PRIMARY KEY,
    team   BLOB NOT NULL,
    client BLOB NOT NULL,
    -- `care`, or `journal` with its month.
    kind   TEXT NOT NULL,
    month  TEXT,
    -- The heads' hashes, sorted, one after the other.
    heads  BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX document_by_team ON document (team, id);

CREATE TABLE change (
    team     BLOB NOT NULL,
    number   INTEGER NOT NULL,
    document BLOB NOT NULL,
    hash     BLOB NOT NULL,
    bytes    BLOB NOT NULL,
    -- Who uploaded it; null for what an administrator imported.
    tablet   BLOB,
    received INTEGER NOT NULL,
    PRIMARY KEY (document, hash),
    UNIQUE (team, number)
) STRICT;

-- What was refused. Kept, and never deleted.
CREATE TABLE quarantine (
    document BLOB NOT NULL,
    hash     BLOB NOT NULL,
    tablet   BLOB NOT NULL,
    worker   BLOB NOT NULL,
    client   BLOB NOT NULL,
    kind     TEXT NOT NULL,
    month    TEXT,
    -- A problem as JSON: its code and arguments.
    reason   TEXT NOT NULL,
    bytes    BLOB NOT NULL,
    received INTEGER NOT NULL,
    PRIMARY KEY (document, hash, tablet)
) STRICT;
