SELECT late_work.body, fact.kind
FROM late_work
JOIN document ON document.id = late_work.document
LEFT JOIN fact ON fact.id = late_work.fact
WHERE document.team = ?1 AND late_work.received >= ?2;
