INSERT INTO team (id, body, through, filled)
VALUES (?1, ?2, 0, 0)
ON CONFLICT (id) DO UPDATE SET body = excluded.body, is_left = 0;
