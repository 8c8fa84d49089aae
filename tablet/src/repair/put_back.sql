INSERT INTO change (document, hash, bytes, state, work, fact, made)
SELECT document, ?3, ?4, ?5, work, fact, made
FROM own_copy
WHERE document = ?1 AND hash = ?2;
