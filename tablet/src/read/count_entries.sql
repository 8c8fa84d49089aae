SELECT COUNT(*) FROM fact
LEFT JOIN restricted_entry ON restricted_entry.fact = fact.id
WHERE fact.client = ?1
    -- A term of its own: the kinds of the journal's index.
    AND fact.kind NOT IN ('what_matters', 'goal_progress', 'handover_accepted')
    AND fact.kind NOT IN ('entry_readers', 'entry_restriction_ended')
    AND NOT EXISTS (SELECT 1 FROM fact AS own WHERE own.id = restricted_entry.entry);
