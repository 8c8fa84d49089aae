SELECT COUNT(*) FROM fact
WHERE client = ?1 AND kind NOT IN ('what_matters', 'goal_progress', 'handover_accepted');
