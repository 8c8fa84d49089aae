SELECT id, client, starts, minutes, worker, interventions
FROM visit
WHERE starts >= ?1 AND starts < ?2
ORDER BY starts, id;
