-- What the day is read from first: care documents and the journals from this month on. The others
-- only when none of those is missing, newest first.
SELECT client, month FROM missing
WHERE (month IS NULL OR month >= ?1)
    OR NOT EXISTS (SELECT 1 FROM missing AS day WHERE day.month IS NULL OR day.month >= ?1)
ORDER BY stays_until IS NOT NULL, month IS NOT NULL, month DESC, document
LIMIT ?2;
