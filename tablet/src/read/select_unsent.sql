SELECT document.client, change.work, change.made, change.state, change.refusal, change.bytes
FROM change
JOIN document ON document.id = change.document
WHERE change.state <> 1 AND change.work IS NOT NULL
ORDER BY change.position;
