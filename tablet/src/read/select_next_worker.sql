-- Who has the client's next visit: the first that is not over and that nobody has reported on. And
-- how far that worker's tablet has come.
SELECT visit.worker, (
    SELECT receipt.through FROM receipt
    JOIN document ON document.id = visit.document
    WHERE receipt.team = document.team AND receipt.worker = visit.worker AND receipt.client = x''
)
FROM visit
WHERE visit.client = ?1 AND visit.starts + visit.minutes * 60000 > ?2
    AND NOT EXISTS (SELECT 1 FROM fact WHERE fact.visit = visit.id AND fact.kind IN ('visit_report', 'missed_contact'))
ORDER BY visit.starts, visit.id
LIMIT 1;
