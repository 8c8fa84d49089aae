-- A client stays whole while anything about them waits, was refused and is not settled, or is a
-- draft.
SELECT document.client, document.month, document.team, document.generation, document.heads,
    COALESCE(document.stays_until > ?1, 0)
        OR EXISTS (
            SELECT 1 FROM change
            JOIN document AS other ON other.id = change.document
            WHERE change.state <> 1 AND change.settled IS NULL AND other.client = document.client
        )
        OR EXISTS (
            SELECT 1 FROM own_copy
            WHERE own_copy.client = document.client AND NOT EXISTS (
                SELECT 1 FROM change
                WHERE change.document = own_copy.document AND change.hash = own_copy.hash
            )
        )
        OR EXISTS (
            SELECT 1 FROM draft
            WHERE draft.about = document.client
                OR draft.about IN (SELECT visit.id FROM visit WHERE visit.client = document.client)
                OR replace(json_extract(draft.body, '$.unplanned.client'), '-', '')
                    = lower(hex(document.client))
                OR EXISTS (
                    SELECT 1 FROM fact
                    WHERE fact.id = draft.about AND fact.client = document.client
                )
        ) AS needed
FROM document
