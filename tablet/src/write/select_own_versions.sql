SELECT kind, body FROM fact
WHERE (id = ?1 OR amends = ?1) AND client = ?2 AND author = ?3
ORDER BY written, id;
