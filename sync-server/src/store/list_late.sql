SELECT document.client, document.kind, document.month, late_work.hash, late_work.worker,
    late_work.fact, late_work.part, late_work.written, late_work.sent, late_work.received,
    late_work.reason
FROM late_work
JOIN document ON document.id = late_work.document
WHERE late_work.team = ?1 AND late_work.number > ?2 AND document.team = ?1
ORDER BY late_work.number
