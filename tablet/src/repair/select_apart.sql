SELECT hash, bytes, made
FROM own_copy
WHERE document = ?1 AND state = 0 AND NOT EXISTS (
    SELECT 1 FROM change WHERE change.document = own_copy.document AND change.hash = own_copy.hash
)
ORDER BY position;
