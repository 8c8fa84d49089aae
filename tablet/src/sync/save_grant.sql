INSERT INTO break_glass (id, team, body) VALUES (?1, ?2, ?3)
-- What this tablet's worker said waits until the server tells of a review, hers or another's.
ON CONFLICT (id) DO UPDATE SET
    team = excluded.team,
    body = excluded.body,
    comment = CASE WHEN ?4 THEN NULL ELSE comment END,
    reviewed = CASE WHEN ?4 THEN NULL ELSE reviewed END
