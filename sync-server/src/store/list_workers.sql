SELECT worker.employee_number, member.role, member.name
FROM member
JOIN worker ON worker.id = member.worker
WHERE member.from_day <= ?1 AND (member.to_day IS NULL OR ?1 <= member.to_day)
ORDER BY worker.employee_number, member.team
