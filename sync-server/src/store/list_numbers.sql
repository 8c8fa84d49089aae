SELECT id, last_number
FROM team
WHERE id IN (SELECT team FROM member
             WHERE worker = ?1 AND from_day <= ?2 AND (to_day IS NULL OR ?2 <= to_day))
   OR id IN (SELECT client.team FROM break_glass JOIN client ON client.id = break_glass.client
             WHERE break_glass.worker = ?1
               AND break_glass.from_time <= ?3 AND ?3 < break_glass.until_time)
ORDER BY id
