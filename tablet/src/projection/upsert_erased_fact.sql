INSERT OR REPLACE INTO erased_fact (id, document, client, at, ground, visit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
