SELECT fact.author, fact.written, change.state, change.refusal
FROM fact
LEFT JOIN change ON change.fact = fact.id
WHERE fact.visit = ?1
ORDER BY fact.author = ?2 DESC, fact.id
LIMIT 1;
