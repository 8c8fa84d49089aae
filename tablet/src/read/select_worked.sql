SELECT written FROM fact
WHERE client = ?1 AND author = ?2 AND happened >= ?3
    AND kind IN (
        'visit_report', 'note', 'what_matters', 'handover', 'handover_accepted', 'missed_contact',
        'resisted_care', 'observations', 'incident', 'contact_logged'
    );
