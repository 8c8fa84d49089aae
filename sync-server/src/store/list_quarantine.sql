SELECT quarantine.client, quarantine.kind, quarantine.month, quarantine.hash, quarantine.tablet,
    COALESCE(worker.employee_number, '?'), quarantine.reason, quarantine.bytes,
    quarantine.received
FROM quarantine
LEFT JOIN worker ON worker.id = quarantine.worker
ORDER BY quarantine.received, quarantine.rowid
