SELECT document.client, change.work, change.made, change.state, change.refusal, change.bytes,
    change.position, change.settled, fact.kind, fact.body
FROM change
JOIN document ON document.id = change.document
LEFT JOIN fact ON fact.id = change.fact
WHERE change.state <> 1 AND change.work IS NOT NULL
ORDER BY change.position;
