-- What the day is read from and the tablet lacks.
SELECT missing.client, missing.month IS NOT NULL
FROM missing
JOIN team ON team.id = missing.team
WHERE team.is_left = 0 AND missing.stays_until IS NULL
    AND (missing.month IS NULL OR missing.month = ?1)
ORDER BY missing.month IS NOT NULL, missing.client;
