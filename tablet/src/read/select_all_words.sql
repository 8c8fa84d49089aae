-- Of every client: the conversations about what matters, the newest first. CROSS: the clients first, and
-- not all facts.
SELECT fact.client, fact.body
FROM (SELECT DISTINCT client FROM document) AS here
CROSS JOIN fact ON fact.client = here.client AND fact.kind = 'what_matters'
ORDER BY fact.client, fact.happened DESC, fact.id DESC;
