INSERT OR REPLACE INTO responsible (
    client, until_time,
    primary_contact, primary_contact_from, primary_contact_to,
    service_lead, service_lead_from, service_lead_to
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
