SELECT worker FROM takeover WHERE visit = ?1 ORDER BY written, fact;
