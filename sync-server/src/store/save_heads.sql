INSERT INTO document (id, team, client, kind, month, heads)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (id) DO UPDATE SET heads = excluded.heads
