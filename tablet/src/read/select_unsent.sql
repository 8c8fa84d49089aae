SELECT document.client, change.work, change.made, change.state, change.refusal, change.bytes,
    change.position, change.settled, fact.kind, fact.body
FROM change
JOIN document ON document.id = change.document
LEFT JOIN fact ON fact.id = change.fact
WHERE change.state <> 1 AND change.work IS NOT NULL
UNION ALL
-- After a repair: what can be sent only when the server has filled the gaps below it.
SELECT own_copy.client, work, made, state, refusal, bytes, position, NULL, fact.kind, fact.body
FROM own_copy
LEFT JOIN fact ON fact.id = own_copy.fact
WHERE state <> 1 AND NOT EXISTS (
    SELECT 1 FROM change WHERE change.document = own_copy.document AND change.hash = own_copy.hash
)
ORDER BY 7;
