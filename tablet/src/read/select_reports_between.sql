SELECT body
FROM standing_fact
WHERE client = ?1 AND kind = 'visit_report' AND happened >= ?2 AND happened < ?3;
