-- Of every client: the first visit that is not over and that nobody has answered for. No visit is
-- longer than a day, so the index finds where to begin.
SELECT visit.client, visit.starts, visit.worker
FROM (SELECT DISTINCT client FROM document) AS here
JOIN visit ON visit.id = (
    SELECT coming.id FROM visit AS coming
    WHERE coming.client = here.client AND coming.starts > ?1 - 86400000
        AND coming.starts + coming.minutes * 60000 > ?1
        AND NOT EXISTS (SELECT 1 FROM fact WHERE fact.visit = coming.id AND fact.kind IN ('visit_report', 'missed_contact'))
    ORDER BY coming.starts, coming.id
    LIMIT 1
);
