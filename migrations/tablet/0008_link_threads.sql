-- The facts that open, answer or close a thread: a part of the projection. What the thread comes to
-- is reckoned from them when it is read.
CREATE TABLE thread_link (
    fact     BLOB PRIMARY KEY,
    document BLOB NOT NULL,
    client   BLOB NOT NULL,
    root     BLOB NOT NULL          -- the fact that this one corrects, or itself
) STRICT, WITHOUT ROWID;

CREATE INDEX thread_link_of_client ON thread_link (client, root);

-- What is here already is projected anew when the profile is opened.
INSERT OR REPLACE INTO setting (key, value)
SELECT 'rebuild', '' WHERE EXISTS (SELECT 1 FROM document);
