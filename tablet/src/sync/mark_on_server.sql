UPDATE change
SET state = 1, refusal = NULL, number = COALESCE(?3, number)
WHERE document = ?1 AND hash = ?2;
