-- Who has signed a report of the visit and said since that it is about the wrong person.
SELECT said.author, said.written
FROM fact AS report
JOIN fact AS said ON said.amends = report.id AND said.author = report.author
WHERE report.visit = ?1 AND report.kind = 'visit_report' AND said.kind = 'wrong_person'
    AND report.id NOT IN (SELECT id FROM standing_fact WHERE visit = ?1)
ORDER BY said.written DESC, said.id DESC
LIMIT 1;
