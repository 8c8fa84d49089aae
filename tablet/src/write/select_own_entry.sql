SELECT author, amends, happened FROM fact
WHERE id = ?1 AND client = ?2 AND kind IN ('visit_report', 'note');
