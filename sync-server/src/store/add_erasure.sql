INSERT INTO erasure (document, generation, team, number, at, ground, decided_by, swept)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
