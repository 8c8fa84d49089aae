SELECT change.number, change.bytes, document.client, document.kind, document.month, change.hash,
       change.document
FROM change
-- A change without its document is damage, and told.
LEFT JOIN document ON document.id = change.document
WHERE change.team = ?1 AND change.number > ?2
    AND (
        document.id IS NULL
        OR document.team = ?1 AND (document.month IS NULL OR document.month >= ?3)
    )
ORDER BY change.number
