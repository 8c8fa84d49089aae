INSERT OR IGNORE INTO own_copy
    (position, document, hash, bytes, state, refusal, work, fact, made, client, month, team)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);
