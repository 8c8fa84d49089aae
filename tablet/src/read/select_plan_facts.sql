-- What the server refused is in the journal of the one who wrote it, and not in the plan.
SELECT id, kind, author, happened, body
FROM fact
WHERE client = ?1
    AND kind IN (
        'plan_change', 'plan_proposal', 'proposal_declined', 'goal_evaluation', 'plan_review',
        'goal_progress'
    )
    AND NOT EXISTS (SELECT 1 FROM change WHERE change.fact = fact.id AND change.state = 2)
ORDER BY happened, id;
