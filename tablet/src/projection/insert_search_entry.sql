INSERT INTO search_entry (number, document, client, kind, id, text)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
