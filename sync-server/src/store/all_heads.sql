SELECT id, heads, client FROM document
WHERE team = ?1 AND (month IS NULL OR month >= ?2)
ORDER BY id
