SELECT DISTINCT team.id, team.last_number
FROM member
JOIN team ON team.id = member.team
WHERE member.worker = ?1
  AND member.from_day <= ?2
  AND (member.to_day IS NULL OR ?2 <= member.to_day)
ORDER BY team.id
