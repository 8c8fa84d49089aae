SELECT client, kind, month, generation
FROM document
WHERE team = ?1
    AND id IN (SELECT document FROM erasure WHERE erasure.team = ?1 AND number > ?2)
ORDER BY id
