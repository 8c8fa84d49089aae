SELECT fact.id, fact.author, fact.happened, fact.body
FROM fact
WHERE fact.id IN (
        SELECT id FROM fresh_fact
        WHERE client = ?1 AND kind = 'goal_progress' AND author <> ?2 AND since > ?3
    )
ORDER BY fact.happened DESC, fact.id DESC
LIMIT 50;
