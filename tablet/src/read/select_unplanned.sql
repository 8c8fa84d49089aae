-- Of every client: reports since a moment of visits that nobody planned.
SELECT fact.client, fact.author, fact.body
FROM (SELECT DISTINCT client FROM document) AS here
JOIN standing_fact AS fact ON fact.client = here.client AND fact.kind = 'visit_report' AND fact.happened >= ?1
WHERE fact.visit IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM visit WHERE visit.id = fact.visit);
