INSERT INTO quarantine
    (document, hash, tablet, worker, client, kind, month, reason, bytes, received)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (document, hash, tablet) DO NOTHING
