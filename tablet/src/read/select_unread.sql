SELECT fact.id
FROM fact
LEFT JOIN arrival ON arrival.fact = fact.id
WHERE fact.client = ?1
    AND fact.kind IN (
        'visit_report', 'note', 'what_matters', 'plan_change', 'plan_proposal', 'proposal_declined',
        'plan_review', 'goal_evaluation', 'delivery_explained', 'visit_cancelled', 'missed_contact',
        'resisted_care', 'observations', 'incident', 'incident_step', 'consent', 'consent_withdrawn',
        'capacity_assessment', 'contact_logged'
    )
    AND fact.author <> ?2
    AND MAX(fact.written, COALESCE(arrival.at, 0)) > ?3
    AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.fact = fact.id);
