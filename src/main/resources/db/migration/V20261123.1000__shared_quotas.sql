-- What instances tell each other of how much callers spent (docs/adr/0023-shared-quotas.md); a row an instance, written anew every
-- second. replica: drawn at its start. format: of what it writes; others pass over one they do not know. joined_at: microseconds of
-- the Unix epoch, null once it is stopping; who joined first hands the others the secret. written_at: seconds. Both are the database's
-- time. public_key: X25519, of a key that lies in that instance's memory alone. invitations: the secret, sealed for each other
-- instance. letters: those of its last ten seconds, sealed with that secret.
CREATE TABLE quota_replica (
    replica BINARY(16) NOT NULL PRIMARY KEY,
    format TINYINT UNSIGNED NOT NULL,
    joined_at BIGINT NULL,
    written_at BIGINT NOT NULL,
    public_key VARBINARY(128) NOT NULL,
    invitations BLOB NOT NULL,
    letters MEDIUMBLOB NOT NULL
);
