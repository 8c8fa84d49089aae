-- The newest first, one at a time: whoever has enough of them stops.
SELECT entry.client, entry.kind, entry.id, entry.text, fact.happened, fact.author
FROM search_word
JOIN search_entry AS entry ON entry.number = search_word.rowid
LEFT JOIN fact ON fact.id = entry.id AND fact.document = entry.document
WHERE search_word MATCH ?1 AND search_word.rowid BETWEEN ?2 AND ?3
ORDER BY search_word.rowid DESC;
