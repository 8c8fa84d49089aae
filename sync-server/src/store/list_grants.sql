SELECT break_glass.id, break_glass.worker, break_glass.client, from_time, until_time, reason,
    reviewed, reviewed_by, comment
FROM client JOIN break_glass ON break_glass.client = client.id
WHERE client.team = ?1 AND (reviewed IS NULL OR from_time > ?2)
ORDER BY from_time, break_glass.id
