INSERT INTO missing (document, client, month, team, generation, bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (document) DO UPDATE
SET team = excluded.team, generation = MAX(generation, excluded.generation), bytes = excluded.bytes;
