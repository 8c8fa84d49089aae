SELECT kind, body, author, happened,
    -- Whether a correction has taken its place.
    EXISTS (
        SELECT 1 FROM fact AS later
        WHERE later.author = fact.author AND later.id > fact.id
            AND later.amends = COALESCE(fact.amends, fact.id)
    )
FROM standing_fact AS fact
-- By time, so that whoever has seen enough of them stops: the plus, and the kinds of the journal's index.
WHERE client = ?1 AND +kind IN ('visit_report', 'note') AND happened >= ?2
    AND kind NOT IN ('what_matters', 'goal_progress', 'handover_accepted')
ORDER BY happened DESC, id DESC
LIMIT 40;
