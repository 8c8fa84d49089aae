SELECT id, kind
FROM fresh_fact
WHERE client = ?1
    AND kind IN (
        'visit_report', 'note', 'what_matters', 'plan_change', 'plan_proposal', 'proposal_declined',
        'plan_review', 'goal_evaluation', 'delivery_explained', 'visit_cancelled', 'missed_contact',
        'resisted_care', 'observations', 'incident', 'incident_step', 'consent', 'consent_withdrawn',
        'capacity_assessment', 'contact_logged'
    )
    AND author <> ?2
    AND since > ?3
    AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.fact = fresh_fact.id);
