INSERT OR REPLACE INTO thread_link (fact, document, client, root) VALUES (?1, ?2, ?3, ?4);
