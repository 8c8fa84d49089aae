INSERT OR REPLACE INTO goal_mark (client, goal, happened, fact, document)
VALUES (?1, ?2, ?3, ?4, ?5);
