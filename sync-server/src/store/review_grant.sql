UPDATE break_glass SET reviewed = ?3, reviewed_by = ?4, comment = ?5
WHERE id = ?2 AND reviewed IS NULL AND client IN (SELECT id FROM client WHERE team = ?1)
