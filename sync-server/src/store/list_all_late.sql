SELECT document.client, document.kind, document.month, late_work.hash, late_work.worker,
    late_work.fact, late_work.part, late_work.written, late_work.sent, late_work.received,
    late_work.reason, COALESCE(worker.employee_number, '?')
FROM late_work
JOIN document ON document.id = late_work.document
LEFT JOIN worker ON worker.id = late_work.worker
ORDER BY late_work.received, late_work.team, late_work.number
