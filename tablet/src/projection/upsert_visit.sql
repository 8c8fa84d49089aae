INSERT OR REPLACE INTO visit (id, document, client, starts, minutes, worker, interventions)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
