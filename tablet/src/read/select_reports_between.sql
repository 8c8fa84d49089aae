SELECT body
FROM fact
WHERE client = ?1 AND kind = 'visit_report' AND happened >= ?2 AND happened < ?3
    AND NOT EXISTS (SELECT 1 FROM fact AS later WHERE later.amends = fact.id);
