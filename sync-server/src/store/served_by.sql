SELECT team FROM (
    SELECT team, until_time FROM served WHERE client = ?1 AND until_time > ?2
    UNION ALL
    SELECT team, 9223372036854775807 FROM client WHERE id = ?1
)
ORDER BY until_time
LIMIT 1
