-- What is published of each account, as the last release that touched it left it: a replica builds the same snapshot from these
-- rows as the publisher did. record: an account with its verdicts ready to be sent (publication.PublishedAccount), in zstd;
-- null once nothing of it is listed. The row then stays, so that those who are behind learn of it.
CREATE TABLE released (
    account_id INT UNSIGNED NOT NULL PRIMARY KEY,
    version BIGINT UNSIGNED NOT NULL,
    record MEDIUMBLOB NULL,
    KEY by_version (version)
);

-- The feed of changes: numbered without gaps by the publisher, in the order of the releases.
-- kind: 0 published, 1 changed, 2 withdrawn. hash, account: whose, as it was listed (JSON).
CREATE TABLE release_change (
    sequence BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    version BIGINT UNSIGNED NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    hash BINARY(16) NOT NULL,
    account VARCHAR(8192) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    KEY by_version (version)
);

-- changes: how many entries of the feed the release has. delta: against the version before (docs/list-format.md).
-- rules: what judged it, by hash. A prefix length stays valid for a day after it was changed.
ALTER TABLE list_release
    ADD COLUMN changes INT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN last_sequence BIGINT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN delta MEDIUMBLOB NULL,
    ADD COLUMN rules BINARY(32) NULL,
    ADD COLUMN prefix_length TINYINT UNSIGNED NOT NULL DEFAULT 1,
    ADD COLUMN former_prefix_length TINYINT UNSIGNED NOT NULL DEFAULT 1,
    ADD COLUMN prefix_changed_at INT UNSIGNED NOT NULL DEFAULT 0;

-- The circuit breaker: since when a release waits for an operator (null: none does), how many accounts wait in it, and up to which
-- entry of the ledger the operator lets changes pass. What an earlier version of the service published may pass.
CREATE TABLE release_hold (
    id TINYINT NOT NULL PRIMARY KEY CHECK (id = 1),
    since INT UNSIGNED NULL,
    accounts INT UNSIGNED NOT NULL DEFAULT 0,
    approved_cut BIGINT UNSIGNED NOT NULL DEFAULT 0
);
INSERT INTO release_hold (id, approved_cut) SELECT 1, COALESCE(MAX(id), 0) FROM verdict_entry;
-- Nothing stands in `released` yet: the first release takes the whole ledger.
UPDATE list_release SET cut = 0;
INSERT INTO latch (name) VALUES ('publication');
