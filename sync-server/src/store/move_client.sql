UPDATE client
SET team = ?2,
    position = (SELECT COALESCE(MAX(position), -1) + 1 FROM client WHERE team = ?2)
WHERE id = ?1
