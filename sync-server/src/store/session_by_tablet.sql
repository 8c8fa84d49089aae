SELECT device.id, device.key, device.revoked, tablet.id, tablet.worker, tablet.revoked IS NOT NULL, contact.at
FROM tablet
JOIN device ON device.id = tablet.device
LEFT JOIN contact ON contact.tablet = tablet.id
WHERE tablet.id = ?1
