INSERT INTO missing (document, client, month, team, generation, bytes, stays_until)
VALUES (?1, ?2, ?3, ?4, 0, 0, ?5)
ON CONFLICT (document) DO UPDATE SET stays_until = excluded.stays_until
WHERE stays_until IS NOT NULL;
