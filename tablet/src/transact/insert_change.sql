INSERT INTO change (document, hash, bytes, state)
VALUES (?1, ?2, ?3, 1);
