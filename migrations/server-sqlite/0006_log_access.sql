-- Who opened what of whom, when and why: rows that are only ever added, each hanging on the one
-- before it.
CREATE TABLE access_log (
    -- From 1, without a gap.
    number INTEGER PRIMARY KEY,
    -- Over the hash before, the number and the body.
    hash   BLOB NOT NULL,
    -- `AccessEntry` as CBOR.
    body   BLOB NOT NULL,
    -- Beside the body, to be found by: what they say is in it too. The tablet is empty for what was
    -- not done on one, worker and client are null where there is none.
    id     BLOB NOT NULL,
    tablet BLOB NOT NULL,
    worker BLOB,
    client BLOB,
    UNIQUE (tablet, id)
) STRICT;

CREATE INDEX access_of_client ON access_log (client, number);
CREATE INDEX access_of_worker ON access_log (worker, number);

-- The chain tells of every change; this stops the ones that are made by mistake.
CREATE TRIGGER access_log_is_not_changed BEFORE UPDATE ON access_log
BEGIN
    SELECT RAISE(ABORT, 'the access log is only added to');
END;
CREATE TRIGGER access_log_is_not_deleted BEFORE DELETE ON access_log
BEGIN
    SELECT RAISE(ABORT, 'the access log is only added to');
END;
