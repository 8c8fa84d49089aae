-- A client who comes from another team: the numbers of that team's log say nothing in this one's.
UPDATE change SET number = NULL
WHERE number IS NOT NULL AND document IN (
    SELECT id FROM document WHERE client = ?1 AND team <> ?2
);
