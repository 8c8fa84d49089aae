SELECT fact.id, fact.author, fact.written, change.state, change.refusal, change.number, fact.body
FROM fact
LEFT JOIN change ON change.fact = fact.id
WHERE fact.client = ?1 AND fact.kind = 'handover'
ORDER BY fact.id;
