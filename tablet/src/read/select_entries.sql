SELECT
    fact.id, fact.kind, fact.author, fact.written, fact.happened, fact.amends,
    (SELECT later.id FROM fact AS later
     WHERE later.client = fact.client AND later.amends = fact.id
         AND (later.author = fact.author OR later.kind = 'observations')
     ORDER BY later.id DESC LIMIT 1) AS amended_by,
    fact.body, change.state, change.refusal, change.number,
    (SELECT late_work.body FROM late_work WHERE late_work.fact = fact.id LIMIT 1) AS late,
    document.month, restricted_entry.entry
FROM fact
LEFT JOIN document ON document.id = fact.document
LEFT JOIN restricted_entry ON restricted_entry.fact = fact.id
LEFT JOIN change ON change.fact = fact.id
WHERE fact.client = ?1
    -- A term of its own: the kinds of the journal's index.
    AND fact.kind NOT IN ('what_matters', 'goal_progress', 'handover_accepted')
    AND fact.kind NOT IN ('entry_readers', 'entry_restriction_ended')
    -- Whoever reads the entry is not told to ask for it.
    AND NOT EXISTS (SELECT 1 FROM fact AS own WHERE own.id = restricted_entry.entry)
ORDER BY fact.happened DESC, fact.id DESC
LIMIT ?2;
