-- Requests per minute, 0 for no limit, or null: the server's setting decides.
ALTER TABLE api_keys ADD COLUMN requests_per_minute INTEGER CHECK (requests_per_minute BETWEEN 0 AND 1000000);
