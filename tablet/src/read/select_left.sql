-- What keeps a client here: a draft, something that waits, something that was refused and is not
-- settled.
SELECT
    EXISTS (SELECT 1 FROM draft WHERE kind = 'conversation' AND about = ?1),
    EXISTS (SELECT 1 FROM draft WHERE kind = 'contact' AND about = ?1),
    EXISTS (SELECT 1 FROM draft WHERE kind = 'observations' AND about = ?1),
    EXISTS (SELECT 1 FROM draft WHERE kind = 'incident' AND about = ?1),
    EXISTS (
        SELECT 1 FROM draft
        WHERE kind IN ('note', 'answer', 'correction') AND (
            about = ?1 OR EXISTS (SELECT 1 FROM fact WHERE fact.id = about AND fact.client = ?1)
        )
    ),
    EXISTS (
        SELECT 1 FROM change JOIN document ON document.id = change.document
        WHERE document.client = ?1 AND change.state = 0 AND change.state <> 1
    ),
    EXISTS (
        SELECT 1 FROM change JOIN document ON document.id = change.document
        WHERE document.client = ?1 AND change.state = 2 AND change.state <> 1
            AND change.settled IS NULL
    );
