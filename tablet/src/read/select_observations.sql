-- What was measured, the oldest first. An entry whose observations were put right is left out: the
-- ones that take their place are entries of their own. A note that corrects an entry's words leaves
-- its numbers standing.
SELECT id, author, happened, kind, body
FROM standing_fact AS fact
WHERE client = ?1 AND is_measured = 1
    AND NOT EXISTS (
        SELECT 1 FROM fact AS later
        WHERE later.amends = fact.id AND later.client = fact.client
            AND later.kind IN ('visit_report', 'observations', 'incident')
    )
ORDER BY happened, id;
