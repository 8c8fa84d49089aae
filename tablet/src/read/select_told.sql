-- What opens, answers or closes threads, with its corrections; of one client or of all. What the
-- server refused closes nothing.
SELECT fact.id, fact.client, fact.author, fact.written, fact.happened, fact.amends, fact.kind,
    fact.body
FROM fact
LEFT JOIN change ON change.fact = fact.id
WHERE (
        fact.id IN (SELECT fact FROM thread_link WHERE ?1 IS NULL OR client = ?1)
        OR fact.id IN (SELECT root FROM thread_link WHERE ?1 IS NULL OR client = ?1)
        OR fact.amends IN (SELECT root FROM thread_link WHERE ?1 IS NULL OR client = ?1)
    )
    AND COALESCE(change.state, 1) <> 2;
