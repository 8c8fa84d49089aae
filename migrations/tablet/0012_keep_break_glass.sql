-- Break-glass, for a team lead: who was let in to the team's clients, and what the lead said of it.
CREATE TABLE break_glass (
    id       BLOB PRIMARY KEY,
    team     BLOB NOT NULL,
    -- `GrantReport` as JSON.
    body     TEXT NOT NULL,
    -- What this tablet's worker said of it, until the server tells of a review.
    comment  TEXT,
    reviewed INTEGER
) STRICT, WITHOUT ROWID;
