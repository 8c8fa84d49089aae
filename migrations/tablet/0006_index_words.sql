-- The full-text index: a part of the projection.

-- A text that can be found. The number gives the order of hits: people, then the plan, then the
-- journal, the newest first.
CREATE TABLE search_entry (
    number   INTEGER PRIMARY KEY,
    document BLOB NOT NULL,
    client   BLOB NOT NULL,
    kind     TEXT NOT NULL,         -- a kind of fact, or a part of the plan
    id       BLOB NOT NULL,         -- the fact or the plan's object
    text     TEXT NOT NULL,
    -- A word for the client, so that a name and a word together find what is written of that person.
    owner    TEXT NOT NULL GENERATED ALWAYS AS ('client' || lower(hex(client))) VIRTUAL,
    UNIQUE (document, kind, id)
) STRICT;

-- The words of the texts. Without positions and without an index of prefixes: nobody asks for
-- phrases, and beginnings of words are found in a tenth of a millisecond all the same, while a year
-- is indexed in half the time and half the space (2026-11-22).
CREATE VIRTUAL TABLE search_word USING fts5 (
    text, owner,
    content = 'search_entry', content_rowid = 'number',
    detail = 'none', tokenize = 'unicode61 remove_diacritics 0'
);

-- What is deleted leaves the index's pages, not only its answers.
INSERT INTO search_word (search_word, rank) VALUES ('secure-delete', 1);

-- What is here already is projected anew when the profile is opened.
INSERT INTO setting (key, value) SELECT 'rebuild', '' WHERE EXISTS (SELECT 1 FROM document);
