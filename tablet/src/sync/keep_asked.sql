-- What was asked for and is here now stays as long as it was asked for.
UPDATE document
SET stays_until = (SELECT stays_until FROM missing WHERE missing.document = document.id)
WHERE id = ?1 AND EXISTS (
    SELECT 1 FROM missing WHERE missing.document = document.id AND stays_until IS NOT NULL
);
