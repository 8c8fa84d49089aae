SELECT fact.author, fact.written, fact.body
FROM fact
LEFT JOIN change ON change.fact = fact.id
WHERE fact.client = ?1 AND fact.kind = ?2 AND COALESCE(change.state, 1) <> 2
-- The plus: not by the index of all that was written of the client.
ORDER BY +fact.written, fact.id;
