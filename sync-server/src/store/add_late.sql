INSERT INTO late_work
    (team, number, document, hash, worker, fact, part, written, sent, received, reason)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
