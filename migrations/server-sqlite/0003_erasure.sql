-- Erasures: that something was taken out of a document by decision. Nothing of what it was.

CREATE TABLE erasure (
    document   BLOB NOT NULL,
    -- The document's generation since.
    generation INTEGER NOT NULL,
    -- In whose log, and under which of its numbers: by these tablets learn of it.
    team       BLOB NOT NULL,
    number     INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    -- The legal ground, such as `hpl. § 43`.
    ground     TEXT NOT NULL,
    -- The worker who decided.
    decided_by BLOB NOT NULL,
    -- When what was erased was out of the file too: its free pages and its log. Null until then.
    swept      INTEGER,
    PRIMARY KEY (document, generation),
    UNIQUE (team, number)
) STRICT;
