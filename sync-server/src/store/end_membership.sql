UPDATE member SET to_day = ?3
WHERE team = ?1 AND worker = ?2 AND (to_day IS NULL OR to_day > ?3)
