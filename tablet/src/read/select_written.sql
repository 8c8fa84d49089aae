-- The facts of a kind that stand. What the server refused is still in its author's journal, and
-- gives nobody any right.
SELECT fact.id, fact.author, fact.happened, fact.body
FROM fact
LEFT JOIN change ON change.fact = fact.id
WHERE fact.client = ?1 AND fact.kind = ?2 AND change.state IS NOT 2
    AND NOT EXISTS (
        SELECT 1 FROM fact AS later WHERE later.client = fact.client AND later.amends = fact.id
    )
ORDER BY fact.happened DESC, fact.id DESC;
