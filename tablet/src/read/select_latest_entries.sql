SELECT kind, body
FROM fact
WHERE client = ?1 AND kind IN ('visit_report', 'note')
ORDER BY happened DESC, id DESC
LIMIT 20;
