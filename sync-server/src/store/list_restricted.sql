SELECT document.client, document.month, worker, since_time, until_time
FROM document
LEFT JOIN entry_reader ON entry_reader.document = document.id
WHERE document.team = ?1 AND document.kind = 'restricted'
ORDER BY document.id
