-- Who takes a visit over, and that it is cancelled, is found by the visit. What came from a newer
-- version and is here already is projected anew when the profile is opened.
INSERT OR IGNORE INTO setting (key, value) SELECT 'rebuild', '' WHERE EXISTS (SELECT 1 FROM document);
