INSERT OR REPLACE INTO plan_object (client, part, id, document, fields, conflicts)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
