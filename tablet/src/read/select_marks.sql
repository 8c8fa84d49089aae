SELECT fact.author, fact.happened, fact.kind, fact.body
FROM goal_mark
JOIN standing_fact AS fact ON fact.id = goal_mark.fact
WHERE goal_mark.client = ?1 AND goal_mark.goal = ?2
ORDER BY goal_mark.happened DESC, goal_mark.fact DESC
LIMIT ?3;
