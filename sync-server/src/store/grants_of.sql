SELECT break_glass.client, client.team, MAX(break_glass.until_time)
FROM break_glass JOIN client ON client.id = break_glass.client
WHERE break_glass.worker = ?1 AND break_glass.from_time <= ?2 AND ?2 < break_glass.until_time
GROUP BY break_glass.client
ORDER BY break_glass.client
