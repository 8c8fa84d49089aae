SELECT taken.author
FROM fact AS taken
WHERE taken.visit = ?1
    AND taken.kind = 'visit_taken_over'
    AND NOT EXISTS (
        SELECT 1 FROM fact AS later
        WHERE later.visit = ?1
            AND later.author = taken.author
            AND later.kind IN ('visit_taken_over', 'visit_given_back')
            AND (later.written, later.id) > (taken.written, taken.id)
    )
ORDER BY taken.written, taken.id;
