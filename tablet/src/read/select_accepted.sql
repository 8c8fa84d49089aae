SELECT fact.author, fact.written, fact.body
FROM fact
LEFT JOIN change ON change.fact = fact.id
WHERE fact.client = ?1 AND fact.kind = ?2 AND COALESCE(change.state, 1) <> 2
ORDER BY fact.written, fact.id;
