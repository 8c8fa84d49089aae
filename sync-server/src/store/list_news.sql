SELECT change.number, change.bytes, document.client, document.kind, document.month
FROM change
JOIN document ON document.id = change.document
WHERE change.team = ?1 AND change.number > ?2 AND change.tablet IS NOT ?3
ORDER BY change.number
