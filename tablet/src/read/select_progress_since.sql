SELECT fact.id, fact.author, fact.happened, fact.body
FROM fact
LEFT JOIN arrival ON arrival.fact = fact.id
WHERE fact.client = ?1 AND fact.kind = 'goal_progress' AND fact.author <> ?2
    AND MAX(fact.written, COALESCE(arrival.at, 0)) > ?3
ORDER BY fact.happened DESC, fact.id DESC
LIMIT 50;
