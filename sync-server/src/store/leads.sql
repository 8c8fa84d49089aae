SELECT EXISTS (
    SELECT 1 FROM member
    WHERE role = ?1 AND from_day <= ?2 AND (to_day IS NULL OR ?2 <= to_day)
        AND (?3 IS NULL OR worker = ?3)
)
