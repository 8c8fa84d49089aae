UPDATE change
SET state = 0, refusal = NULL, number = NULL, settled = NULL,
    hash = COALESCE(?2, hash), bytes = COALESCE(?3, bytes)
WHERE position = ?1;
