SELECT id, client, kind, month, EXISTS (SELECT 1 FROM team WHERE team.id = document.team)
FROM document
