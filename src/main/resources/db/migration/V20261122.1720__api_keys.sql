-- Keys of tools that ask for much. Only a hash of the key is kept; the id is drawn apart from it and says nothing of it.
-- A revoked key stays, so that the operator sees what was issued to whom.
CREATE TABLE api_key (
    number INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    label VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    hash BINARY(32) NOT NULL,
    requests_per_minute INT UNSIGNED NULL,
    created_at INT UNSIGNED NOT NULL,
    revoked_at INT UNSIGNED NULL,
    UNIQUE KEY by_id (id),
    UNIQUE KEY by_hash (hash)
);
