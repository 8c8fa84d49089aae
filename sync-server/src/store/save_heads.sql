INSERT INTO document (id, team, client, kind, month, heads, size)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (id) DO UPDATE SET heads = excluded.heads, size = size + excluded.size
