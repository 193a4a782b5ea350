CREATE TABLE api_keys (
    id          TEXT    NOT NULL PRIMARY KEY,
    hash        BLOB    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    permission  TEXT    NOT NULL CHECK (permission IN ('read-only', 'read-write', 'admin')),
    last_four   TEXT    NOT NULL,
    created     INTEGER NOT NULL,
    revoked     INTEGER
) STRICT;
