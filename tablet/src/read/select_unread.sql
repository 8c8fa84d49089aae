SELECT fact.id
FROM fact
LEFT JOIN arrival ON arrival.fact = fact.id
WHERE fact.client = ?1
    AND fact.kind IN ('visit_report', 'note', 'what_matters', 'plan_change')
    AND fact.author <> ?2
    AND MAX(fact.written, COALESCE(arrival.at, 0)) > ?3
    AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.fact = fact.id);
