-- Who goes to the client's next visit: the first that is not over and is to come. And how far each
-- worker's tablet has come.
SELECT goer.worker, (
    SELECT receipt.through FROM receipt
    JOIN document ON document.id = visit.document
    WHERE receipt.team = document.team AND receipt.worker = goer.worker AND receipt.client = x''
)
FROM visit
JOIN goer ON goer.visit = visit.id
WHERE visit.id = (
    SELECT coming.id FROM expected_visit AS coming
    WHERE coming.client = ?1
        -- No visit is longer than a day, so the index finds where to begin.
        AND coming.starts > ?2 - 86400000
        AND coming.starts + coming.minutes * 60000 > ?2
    ORDER BY coming.starts, coming.id
    LIMIT 1
)
ORDER BY goer.since, goer.worker;
