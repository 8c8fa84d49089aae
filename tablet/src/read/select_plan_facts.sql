SELECT id, kind, author, happened, body
FROM fact
WHERE client = ?1
    AND kind IN (
        'plan_change', 'plan_proposal', 'proposal_declined', 'goal_evaluation', 'plan_review',
        'goal_progress'
    )
ORDER BY happened, id;
