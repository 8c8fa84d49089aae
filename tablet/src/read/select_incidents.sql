SELECT id, kind, author, written, happened, body
FROM fact
WHERE client = ?1 AND kind IN ('incident', 'incident_step')
ORDER BY id;
