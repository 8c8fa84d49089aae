INSERT INTO served (client, until_time, team) VALUES (?1, ?2, ?3)
-- Moved again within the same millisecond: nobody has been served in between.
ON CONFLICT (client, until_time) DO NOTHING
