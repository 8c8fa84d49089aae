SELECT tablet.id, device.id, device.name, tablet.worker, worker.employee_number, tablet.enrolled, contact.at,
    (SELECT count(*) FROM held WHERE held.tablet = tablet.id AND held.until IS NULL),
    COALESCE(tablet.revoked, device.revoked), tablet.handed_in
FROM tablet
JOIN device ON device.id = tablet.device
JOIN worker ON worker.id = tablet.worker
LEFT JOIN contact ON contact.tablet = tablet.id
ORDER BY worker.employee_number, tablet.enrolled, tablet.id
