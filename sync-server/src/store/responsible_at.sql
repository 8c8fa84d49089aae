SELECT primary_contact, primary_contact_from, primary_contact_to,
       service_lead, service_lead_from, service_lead_to
FROM responsible
WHERE client = ?1 AND until_time > ?2
ORDER BY until_time
LIMIT 1
