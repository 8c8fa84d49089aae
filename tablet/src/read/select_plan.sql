SELECT id, fields, conflicts
FROM plan_object
WHERE client = ?1 AND part = ?2
ORDER BY id;
