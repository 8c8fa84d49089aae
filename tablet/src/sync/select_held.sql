SELECT document.client, document.month, document.team, document.generation, document.heads,
    EXISTS (SELECT 1 FROM change WHERE change.document = document.id AND change.state <> 1)
        OR COALESCE(document.stays_until > ?1, 0)
        OR EXISTS (
            SELECT 1 FROM draft
            WHERE draft.about = document.client
                OR draft.about IN (SELECT visit.id FROM visit WHERE visit.client = document.client)
        ) AS needed
FROM document
