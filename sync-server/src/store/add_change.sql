INSERT INTO change (team, number, document, hash, bytes, tablet, received)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
