INSERT INTO restriction (client, fact, worker, role, since_time, until_time)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (client, fact) DO UPDATE SET until_time = COALESCE(until_time, excluded.until_time)
