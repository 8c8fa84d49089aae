-- What the day's list counts as new of each client, without opening a year of notes for it: all that
-- is asked for stands in the index (2026-11).
CREATE INDEX fact_news ON fact (client, written, kind, author);
