INSERT OR IGNORE INTO fact_read (fact, worker, at)
SELECT change.fact, ?2, ?5
FROM change
JOIN document ON document.id = change.document
WHERE document.team = ?1 AND document.client = ?3
    AND change.fact IS NOT NULL AND change.state = 1 AND change.number <= ?4;
