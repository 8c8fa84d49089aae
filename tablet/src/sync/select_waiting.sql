SELECT document.client, document.month, change.hash, change.bytes
FROM change
JOIN document ON document.id = change.document
WHERE change.state = 0 AND change.state <> 1
ORDER BY change.position;
