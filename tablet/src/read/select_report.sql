SELECT fact.author, fact.written, change.state, change.refusal
FROM standing_fact AS fact
LEFT JOIN change ON change.fact = fact.id
WHERE fact.visit = ?1 AND fact.kind = 'visit_report'
ORDER BY fact.author = ?2 DESC, fact.id
LIMIT 1;
