-- Her name is that of her own team's list: whoever is let in is in some team.
SELECT break_glass.worker,
    (SELECT name FROM member WHERE member.worker = break_glass.worker LIMIT 1),
    (SELECT profession FROM member WHERE member.worker = break_glass.worker LIMIT 1),
    break_glass.from_time, break_glass.until_time
FROM client JOIN break_glass ON break_glass.client = client.id
WHERE client.team = ?1
ORDER BY break_glass.from_time, break_glass.id
