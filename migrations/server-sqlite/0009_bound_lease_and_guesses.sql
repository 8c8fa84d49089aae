-- For how many days tablets open without contact with the server, when the office has said so.
CREATE TABLE lease (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    days INTEGER NOT NULL
) STRICT;

-- Wrong tries of anything that is slowed, by a SHA-256 of what is counted: log-ins by the employee
-- number, clients named at a break-glass by the worker and by the device.
ALTER TABLE failed_log_in RENAME TO wrong_try;
ALTER TABLE wrong_try RENAME COLUMN number_hash TO key_hash;
