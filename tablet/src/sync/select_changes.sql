SELECT position, hash, bytes, state, refusal, made
FROM change
WHERE document = ?1
ORDER BY position;
