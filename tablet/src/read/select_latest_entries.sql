SELECT kind, body, author, happened
FROM fact
WHERE client = ?1 AND kind IN ('visit_report', 'note') AND happened >= ?2
ORDER BY happened DESC, id DESC
LIMIT 40;
