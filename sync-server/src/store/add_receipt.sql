INSERT INTO receipt (team, worker, client, through, at, number)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (team, worker, client) DO UPDATE
SET through = excluded.through, at = excluded.at, number = excluded.number
