-- What the worker sees of sync: who has read her work, what she has taken care of, what she asked for.

-- When the worker took care of a refused change. It stays refused, and out of the document.
ALTER TABLE change ADD COLUMN settled INTEGER;

-- Of an older journal that was asked for: until when it is to stay once it is here.
ALTER TABLE missing ADD COLUMN stays_until INTEGER;

-- Who has read which of this worker's facts, and when she was known to have for the first time.
CREATE TABLE fact_read (
    fact   BLOB NOT NULL,
    worker BLOB NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (fact, worker)
) STRICT, WITHOUT ROWID;

-- The client's next visit.
CREATE INDEX visit_of_client ON visit (client, starts);
