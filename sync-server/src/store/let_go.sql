UPDATE held SET until = ?2
WHERE tablet = ?1 AND until IS NULL AND (?3 IS NULL OR client = ?3)
