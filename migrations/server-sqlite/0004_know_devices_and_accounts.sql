-- Who gets in: devices known by their keys, the workers' own accounts, and what was on which tablet.

-- A device that was enrolled with a one-time code. It may hold several workers' profiles (`tablet`).
CREATE TABLE device (
    id       BLOB PRIMARY KEY,
    -- Ed25519; the private half never leaves the device.
    key      BLOB NOT NULL UNIQUE,
    -- What the office may call it.
    name     TEXT,
    enrolled INTEGER NOT NULL,
    revoked  INTEGER
) STRICT, WITHOUT ROWID;

-- A profile is of one device. Those from before devices had keys are of none, and are let in no more.
ALTER TABLE tablet ADD COLUMN device BLOB;
-- When the worker handed the tablet in, with nothing left on it.
ALTER TABLE tablet ADD COLUMN handed_in INTEGER;
CREATE INDEX tablet_by_device ON tablet (device);

-- A code is of no worker any more; those that were minted are good for minutes only.
DROP TABLE enrolment_code;
CREATE TABLE enrolment_code (
    -- SHA-256 of the code, which itself is nowhere here.
    code_hash BLOB PRIMARY KEY,
    expires   INTEGER NOT NULL,
    used      INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    worker   BLOB PRIMARY KEY,
    -- Argon2id as a PHC string.
    password TEXT NOT NULL,
    set_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Log-ins that failed, by the SHA-256 of the employee number that was typed: numbers of nobody are
-- counted as those of workers are, so that the answer doesn't tell which is which.
CREATE TABLE failed_log_in (
    number_hash BLOB PRIMARY KEY,
    count       INTEGER NOT NULL,
    last        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When a profile was last heard of, to within some minutes.
CREATE TABLE contact (
    tablet BLOB PRIMARY KEY,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whose documents were given to which profile, and when it was told to let go of them: what was on
-- a tablet that is lost.
CREATE TABLE held (
    tablet BLOB NOT NULL,
    client BLOB NOT NULL,
    since  INTEGER NOT NULL,
    -- Null while they are there.
    until  INTEGER,
    PRIMARY KEY (tablet, client, since)
) STRICT, WITHOUT ROWID;

-- The one key to which tablets seal a copy of their database's key, X25519. Made when it is first
-- asked for.
CREATE TABLE recovery_key (
    only   INTEGER PRIMARY KEY CHECK (only = 1),
    secret BLOB NOT NULL
) STRICT;
