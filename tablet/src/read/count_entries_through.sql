SELECT COUNT(*) FROM fact
WHERE client = ?1 AND kind NOT IN ('what_matters', 'goal_progress', 'handover_accepted')
    AND (happened, id) >= (
        SELECT root.happened, root.id
        FROM fact AS one
        JOIN fact AS root ON root.id = COALESCE(one.amends, one.id)
        WHERE one.id = ?2
    );
