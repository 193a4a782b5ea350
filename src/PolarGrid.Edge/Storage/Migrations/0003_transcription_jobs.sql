-- Results of transcriptions that nobody waited for on the line. The recordings themselves are in memory only.
CREATE TABLE transcription_jobs (
    id            TEXT    NOT NULL PRIMARY KEY,
    key_id        TEXT    NOT NULL,
    model         TEXT    NOT NULL,
    format        TEXT    NOT NULL CHECK (format IN ('json', 'text', 'srt', 'verbose_json', 'vtt')),
    created       INTEGER NOT NULL,
    status        TEXT    NOT NULL CHECK (status IN ('queued', 'processing', 'completed', 'failed')),
    finished      INTEGER,
    result        BLOB,
    error_message TEXT,
    error_type    TEXT,
    error_code    TEXT,
    error_param   TEXT
) STRICT;
