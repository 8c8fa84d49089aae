INSERT INTO access_log (number, hash, body, id, tablet, worker, client)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
