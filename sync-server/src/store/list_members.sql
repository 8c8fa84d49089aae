SELECT worker, name, role, profession, from_day, to_day
FROM member
WHERE team = ?1
ORDER BY position
