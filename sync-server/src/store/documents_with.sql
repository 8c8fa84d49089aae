SELECT client, kind, month
FROM document
WHERE id IN (SELECT document FROM change WHERE instr(bytes, ?1) > 0)
