SELECT visit.id, visit.starts, goer.worker,
    (SELECT COUNT(*) FROM standing_fact AS fact
     WHERE fact.client = visit.client AND fact.kind = 'visit_report'
        AND fact.author = goer.worker AND fact.happened >= ?4)
FROM expected_visit AS visit
JOIN goer ON goer.visit = visit.id
WHERE visit.client = ?1 AND visit.starts >= ?2 AND visit.starts < ?3
ORDER BY visit.starts, visit.id, goer.since, goer.worker;
