SELECT author, happened, kind, body
FROM standing_fact
WHERE client = ?1 AND kind IN ('visit_report', 'goal_progress')
ORDER BY happened DESC, id DESC
LIMIT 200;
