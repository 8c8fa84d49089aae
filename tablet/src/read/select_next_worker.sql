-- Who goes to the client's next visit: the first that is not over and is to come. And how far that
-- worker's tablet has come.
SELECT goer.worker, (
    SELECT receipt.through FROM receipt
    JOIN document ON document.id = visit.document
    WHERE receipt.team = document.team AND receipt.worker = goer.worker AND receipt.client = x''
)
FROM expected_visit AS visit
JOIN goer ON goer.visit = visit.id
WHERE visit.client = ?1
    -- No visit is longer than a day, so the index finds where to begin.
    AND visit.starts > ?2 - 86400000
    AND visit.starts + visit.minutes * 60000 > ?2
ORDER BY visit.starts, visit.id, goer.since, goer.worker
LIMIT 1;
