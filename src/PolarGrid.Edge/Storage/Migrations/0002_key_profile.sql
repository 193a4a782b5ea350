-- The name of an API profile, or null: the server's setting decides.
ALTER TABLE api_keys ADD COLUMN profile TEXT;
