-- What each inference request used; nothing of what was asked or answered. Rows of old days are removed, the days' sums stay.
CREATE TABLE usage_records (
    request_id        TEXT    NOT NULL PRIMARY KEY,
    key_id            TEXT    NOT NULL,
    ended             INTEGER NOT NULL,
    kind              TEXT    NOT NULL,
    model             TEXT    NOT NULL,
    status            INTEGER NOT NULL,
    outcome           TEXT    NOT NULL CHECK (outcome IN ('answered', 'failed', 'cancelled')),
    prompt_tokens     INTEGER NOT NULL,
    cached_tokens     INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    reasoning_tokens  INTEGER NOT NULL,
    characters        INTEGER NOT NULL,
    spoken_ms         INTEGER NOT NULL,
    heard_ms          INTEGER NOT NULL
) STRICT;

CREATE INDEX usage_records_ended ON usage_records (ended);

-- The same by key, day (UTC, as 2026-11-21), model and kind. An empty model: the request did not get as far as one.
CREATE TABLE usage_days (
    key_id            TEXT    NOT NULL,
    day               TEXT    NOT NULL,
    model             TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    requests          INTEGER NOT NULL,
    failed            INTEGER NOT NULL,
    cancelled         INTEGER NOT NULL,
    prompt_tokens     INTEGER NOT NULL,
    cached_tokens     INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    reasoning_tokens  INTEGER NOT NULL,
    characters        INTEGER NOT NULL,
    spoken_ms         INTEGER NOT NULL,
    heard_ms          INTEGER NOT NULL,
    PRIMARY KEY (key_id, day, model, kind)
) STRICT, WITHOUT ROWID;
