-- Sessions that end when the worker's account at the identity provider does.
CREATE TABLE followed_account (
    tablet  BLOB PRIMARY KEY,
    -- The provider's refresh token, sealed with the session's own token, which is nowhere here.
    refresh BLOB NOT NULL,
    -- When the provider was last asked.
    asked   INTEGER NOT NULL,
    -- When it said that the account is no more.
    ended   INTEGER
) STRICT, WITHOUT ROWID;

-- What the identity provider calls workers, where that is another name than the employee number.
CREATE TABLE provider_name (
    -- SHA-256 of the name, which may be a national identity number: it is compared and never shown.
    name_hash BLOB PRIMARY KEY,
    worker    BLOB NOT NULL
) STRICT, WITHOUT ROWID;
