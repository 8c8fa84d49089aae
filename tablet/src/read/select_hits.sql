SELECT entry.client, entry.kind, entry.id, entry.text, fact.happened, fact.author
FROM (
    SELECT rowid AS number FROM search_word
    WHERE search_word MATCH ?1 AND rowid BETWEEN ?2 AND ?3
    ORDER BY rowid DESC LIMIT ?4
) AS hit
JOIN search_entry AS entry ON entry.number = hit.number
LEFT JOIN fact ON fact.id = entry.id AND fact.document = entry.document
ORDER BY hit.number DESC;
