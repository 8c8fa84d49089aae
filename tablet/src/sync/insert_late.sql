INSERT OR REPLACE INTO late_work (document, hash, client, fact, received, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
