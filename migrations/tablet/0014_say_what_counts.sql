-- What counts of facts, said once for all that is counted: views, that keep no rows.

-- Facts that their authors have not said are about the wrong person. What the server refused of that
-- was never said to anybody.
CREATE VIEW standing_fact AS
SELECT fact.* FROM fact
WHERE NOT EXISTS (
    SELECT 1 FROM fact AS later
    WHERE later.amends = fact.id AND later.kind = 'wrong_person' AND later.author = fact.author
        AND NOT EXISTS (SELECT 1 FROM change WHERE change.fact = later.id AND change.state = 2)
);

-- Who has taken a visit over and not given it back.
CREATE VIEW takeover AS
SELECT taken.visit, taken.author AS worker, taken.written, taken.id AS fact
FROM fact AS taken
WHERE taken.visit IS NOT NULL AND taken.kind = 'visit_taken_over'
    AND NOT EXISTS (
        SELECT 1 FROM fact AS later
        WHERE later.visit = taken.visit AND later.author = taken.author
            AND later.kind IN ('visit_taken_over', 'visit_given_back')
            AND (later.written, later.id) > (taken.written, taken.id)
    );

-- Who goes to a planned visit: whoever took it over, and otherwise the one who was to.
CREATE VIEW goer AS
SELECT visit.id AS visit, COALESCE(takeover.worker, visit.worker) AS worker,
    COALESCE(takeover.written, 0) AS since
FROM visit
LEFT JOIN takeover ON takeover.visit = visit.id;

-- Planned visits that nobody has reported on, and of which nobody has said last that they are not made.
CREATE VIEW expected_visit AS
SELECT visit.* FROM visit
WHERE NOT EXISTS (
        SELECT 1 FROM standing_fact AS report
        WHERE report.visit = visit.id AND report.kind = 'visit_report'
    )
    AND COALESCE((
        SELECT said.kind FROM standing_fact AS said
        WHERE said.visit = visit.id
            AND said.kind IN ('visit_cancelled', 'visit_reinstated', 'missed_contact')
        ORDER BY said.written DESC, said.id DESC
        LIMIT 1
    ), 'visit_reinstated') = 'visit_reinstated';

-- What an incident asks to be followed up is a thread. What is here already is projected anew when the
-- profile is opened.
INSERT OR IGNORE INTO setting (key, value) SELECT 'rebuild', '' WHERE EXISTS (SELECT 1 FROM document);
