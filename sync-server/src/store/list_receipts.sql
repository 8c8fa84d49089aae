SELECT worker, client, through, at FROM receipt
WHERE team = ?1 AND number > ?2 AND worker <> ?3
ORDER BY number
