-- Of every client: the first visit that is not over and is to come, and who goes. No visit is longer
-- than a day, so the index finds where to begin.
SELECT visit.client, visit.starts, goer.worker
FROM (SELECT DISTINCT client FROM document) AS here
JOIN visit ON visit.id = (
    SELECT coming.id FROM expected_visit AS coming
    WHERE coming.client = here.client AND coming.starts > ?1 - 86400000
        AND coming.starts + coming.minutes * 60000 > ?1
    ORDER BY coming.starts, coming.id
    LIMIT 1
)
JOIN goer ON goer.visit = visit.id
ORDER BY goer.since, goer.worker;
