INSERT OR REPLACE INTO fact
    (id, document, client, kind, author, written, happened, amends, visit, body, is_measured)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
