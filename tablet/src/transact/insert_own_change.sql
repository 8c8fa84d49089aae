INSERT INTO change (document, hash, bytes, state, work, fact, made)
VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6);
