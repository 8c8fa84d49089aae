UPDATE change
SET hash = ?3, bytes = ?4
WHERE document = ?1 AND hash = ?2
