-- Of every client: the conversations about what matters, the newest first.
SELECT fact.client, fact.body
FROM (SELECT DISTINCT client FROM document) AS here
JOIN fact ON fact.client = here.client AND fact.kind = 'what_matters'
ORDER BY fact.client, fact.happened DESC, fact.id DESC;
