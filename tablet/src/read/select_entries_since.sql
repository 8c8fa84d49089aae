SELECT
    fact.id, fact.kind, fact.author, fact.written, fact.happened, fact.amends,
    (SELECT later.id FROM fact AS later
     WHERE later.client = fact.client AND later.amends = fact.id AND (later.author = fact.author OR later.kind = 'observations')
     ORDER BY later.id DESC LIMIT 1) AS amended_by,
    fact.body, change.state, change.refusal, change.number,
    (SELECT late_work.body FROM late_work WHERE late_work.fact = fact.id LIMIT 1) AS late,
    document.month, restricted_entry.entry
FROM fact
LEFT JOIN document ON document.id = fact.document
LEFT JOIN restricted_entry ON restricted_entry.fact = fact.id
LEFT JOIN change ON change.fact = fact.id
WHERE fact.id IN (
        SELECT id FROM fresh_fact
        WHERE client = ?1
            AND kind NOT IN (
                'goal_progress', 'handover', 'handover_accepted', 'entry_readers',
                'entry_restricted', 'entry_restriction_ended'
            )
            AND author <> ?2 AND since > ?3
    )
    -- What happened weeks before it came is in the journal, marked as new.
    AND fact.happened >= ?3 - 1209600000
ORDER BY fact.happened DESC, fact.id DESC
LIMIT 200;
