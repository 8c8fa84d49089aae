-- Teams whose list of documents has not come whole once. Journals that were asked for don't count.
SELECT COUNT(*), COALESCE(SUM(listed), 0), COALESCE(SUM(
    (SELECT COALESCE(SUM(missing.bytes), 0) FROM missing
     WHERE missing.team = team.id AND missing.stays_until IS NULL)
), 0)
FROM team
WHERE filled = 0 AND is_left = 0;
