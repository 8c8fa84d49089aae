SELECT client, kind, month
FROM document
WHERE id IN (SELECT document FROM change WHERE hash = ?1)
