SELECT EXISTS (SELECT 1 FROM team WHERE id = ?2 AND filled = 0) AND (
    EXISTS (SELECT 1 FROM gap WHERE document = ?1)
    OR EXISTS (SELECT 1 FROM gap WHERE document = zeroblob(16))
        AND NOT EXISTS (SELECT 1 FROM document WHERE id = ?1)
);
