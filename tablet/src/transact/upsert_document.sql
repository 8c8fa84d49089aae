INSERT INTO document (id, client, month, team, heads)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (id) DO UPDATE SET team = excluded.team, heads = excluded.heads;
