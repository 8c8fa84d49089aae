SELECT fact.kind, fact.author, fact.written, fact.body, change.state, change.refusal
FROM standing_fact AS fact
LEFT JOIN change ON change.fact = fact.id
WHERE fact.visit = ?1 AND fact.kind IN ('visit_cancelled', 'visit_reinstated', 'missed_contact')
ORDER BY fact.written DESC, fact.id DESC
LIMIT 1;
