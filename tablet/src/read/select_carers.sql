SELECT author, COUNT(*) AS visits, MAX(happened) AS last
FROM standing_fact
WHERE client = ?1 AND kind = 'visit_report' AND happened >= ?2
GROUP BY author
ORDER BY visits DESC, last DESC;
