-- Of every client: the profile, and what is critical.
SELECT client, part, fields
FROM plan_object
WHERE part IN (?1, ?2)
ORDER BY client, part, id;
