-- Of an erased visit report, which visit it was about: that is to be documented anew. What came from a
-- newer server and is here already is projected anew when the profile is opened.
ALTER TABLE erased_fact ADD COLUMN visit BLOB;
CREATE INDEX erased_of_visit ON erased_fact (visit) WHERE visit IS NOT NULL;
INSERT OR IGNORE INTO setting (key, value) SELECT 'rebuild', '' WHERE EXISTS (SELECT 1 FROM document);
