SELECT visit.starts, visit.worker,
    (SELECT COUNT(*) FROM fact
     WHERE fact.client = visit.client AND fact.kind = 'visit_report'
        AND fact.author = visit.worker AND fact.happened >= ?4)
FROM visit
WHERE visit.client = ?1 AND visit.starts >= ?2 AND visit.starts < ?3
ORDER BY visit.starts, visit.id;
