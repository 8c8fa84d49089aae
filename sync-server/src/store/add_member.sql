INSERT INTO member (team, position, worker, name, role, profession, from_day, to_day)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
