SELECT number, hash, body, id, tablet, worker, client
FROM access_log
ORDER BY number
