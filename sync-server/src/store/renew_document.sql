UPDATE document
SET heads = ?2, generation = ?3,
    size = (SELECT COALESCE(SUM(LENGTH(bytes)), 0) FROM change WHERE change.document = ?1)
WHERE id = ?1
