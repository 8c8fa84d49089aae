-- What changes are judged by, from the care documents: who is responsible and when, whom a client
-- bars, who was let in by break-glass. Written in the transaction that stores a change.

-- Who was responsible until a moment; the last of all moments for those who are.
CREATE TABLE responsible (
    client               BLOB NOT NULL,
    until_time           INTEGER NOT NULL,
    primary_contact      BLOB,
    primary_contact_from TEXT,
    primary_contact_to   TEXT,
    service_lead         BLOB,
    service_lead_from    TEXT,
    service_lead_to      TEXT,
    PRIMARY KEY (client, until_time)
) STRICT, WITHOUT ROWID;

INSERT INTO responsible (client, until_time, primary_contact, service_lead)
SELECT id, 9223372036854775807, primary_contact, service_lead FROM client;

ALTER TABLE client DROP COLUMN primary_contact;
ALTER TABLE client DROP COLUMN service_lead;

-- By which a client is found who is named exactly.
ALTER TABLE client ADD COLUMN national_number TEXT;
CREATE INDEX client_by_national_number ON client (national_number);

-- Whom clients bar. Why is in the care document alone.
CREATE TABLE restriction (
    client     BLOB NOT NULL,
    -- The fact that says so.
    fact       BLOB NOT NULL,
    worker     BLOB,
    role       TEXT,
    since_time INTEGER NOT NULL,
    -- Null as long as it is in force.
    until_time INTEGER,
    PRIMARY KEY (client, fact)
) STRICT, WITHOUT ROWID;

-- Who was let in to whom by break-glass, and what the team lead said of it.
CREATE TABLE break_glass (
    id          BLOB PRIMARY KEY,
    worker      BLOB NOT NULL,
    client      BLOB NOT NULL,
    from_time   INTEGER NOT NULL,
    until_time  INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    reviewed    INTEGER,
    reviewed_by BLOB,
    comment     TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX break_glass_by_worker ON break_glass (worker, until_time);
CREATE INDEX break_glass_by_client ON break_glass (client, from_time);

-- Clients whose care documents are to be read for all this when the database is opened.
CREATE TABLE unprojected (
    client BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

INSERT INTO unprojected (client) SELECT DISTINCT client FROM document WHERE kind = 'care';
