INSERT INTO read_mark (client, through, at, is_sent)
SELECT ?1, team.through, ?3, 0 FROM team
WHERE team.id = ?2 AND team.filled = 1 AND team.is_left = 0
ON CONFLICT (client) DO UPDATE
SET through = excluded.through, at = excluded.at, is_sent = 0
WHERE excluded.through > through;
