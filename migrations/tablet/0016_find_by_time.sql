-- What screens read of a client by time, and what facts say of a goal, stands where a year of facts need
-- not be opened for it.

-- The journal, the newest first. Only for queries that leave out the same kinds: for others it would be
-- taken although it is slow.
CREATE INDEX fact_in_journal ON fact (client, happened, id)
WHERE kind NOT IN ('what_matters', 'goal_progress', 'handover_accepted');

-- What was written since the worker was here.
CREATE INDEX fact_by_writing ON fact (client, written, kind, author);

-- Which clients bar somebody.
CREATE INDEX fact_of_restriction ON fact (kind, client) WHERE kind = 'restriction';

-- Whether something was measured: few facts of many.
ALTER TABLE fact ADD COLUMN is_measured INTEGER NOT NULL DEFAULT 0;
CREATE INDEX fact_measured ON fact (client, happened) WHERE is_measured = 1;

-- How a goal goes, as a visit report or a fact of its own tells it.
CREATE TABLE goal_mark (
    client   BLOB NOT NULL,
    goal     BLOB NOT NULL,
    happened INTEGER NOT NULL,
    fact     BLOB NOT NULL,
    document BLOB NOT NULL,
    PRIMARY KEY (client, goal, happened, fact)
) STRICT, WITHOUT ROWID;

-- What came in of a client. NULL: the fact can't be read yet.
ALTER TABLE arrival ADD COLUMN client BLOB;
CREATE INDEX arrival_of_client ON arrival (client, at);

-- A fact as it was written, and once more as it came in, if that was later.
CREATE VIEW fresh_fact AS
SELECT client, id, kind, author, written AS since FROM fact
UNION ALL
SELECT arrival.client, fact.id, fact.kind, fact.author, arrival.at
FROM arrival
JOIN fact ON fact.id = arrival.fact;

-- The view of 0014, with the few facts about the wrong person listed once, and not looked for at each
-- fact.
CREATE INDEX fact_of_wrong_person ON fact (amends, author) WHERE kind = 'wrong_person';
DROP VIEW standing_fact;
CREATE VIEW standing_fact AS
SELECT fact.* FROM fact
WHERE (fact.id, fact.author) NOT IN (
    SELECT later.amends, later.author FROM fact AS later
    WHERE later.kind = 'wrong_person' AND later.amends IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM change WHERE change.fact = later.id AND change.state = 2)
);

-- What is here already is projected anew when the profile is opened.
INSERT OR IGNORE INTO setting (key, value) SELECT 'rebuild', '' WHERE EXISTS (SELECT 1 FROM document);
