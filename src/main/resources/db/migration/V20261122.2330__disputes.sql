-- Disputes: somebody says an account is theirs and answers what is held against it (docs/adr/0014-owners.md). Nothing comes of one
-- until control is proven. id: opaque, in addresses. token_hash: of the secret of whoever opened it. native_id: whether `name` is one,
-- else it is a handle and who holds it is learned with the proof. account_id: who it was found to be; null until proven. code: stands in
-- the profile to prove control. rewritten: the words were changed once. prior_ruling: the newest ruling on the account when control was
-- proven; what was ruled since is an answer. ended_at: when it was taken back, or the account erased.
CREATE TABLE dispute (
    number INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token_hash BINARY(32) NOT NULL,
    network TINYINT UNSIGNED NOT NULL,
    native_id BOOLEAN NOT NULL,
    name VARCHAR(2048) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    account_id INT UNSIGNED NULL,
    kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    code CHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    rebuttal VARCHAR(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    rewritten BOOLEAN NOT NULL DEFAULT FALSE,
    opened_at INT UNSIGNED NOT NULL,
    expires_at INT UNSIGNED NOT NULL,
    proven_at INT UNSIGNED NULL,
    prior_ruling BIGINT UNSIGNED NOT NULL DEFAULT 0,
    ended_at INT UNSIGNED NULL,
    UNIQUE KEY by_id (id),
    UNIQUE KEY by_token (token_hash),
    KEY by_account (account_id),
    KEY by_state (state, expires_at)
);

-- The practices a dispute is about. A newer proof takes them over from an older one of the same account and kind.
CREATE TABLE dispute_practice (
    dispute INT UNSIGNED NOT NULL,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (dispute, practice)
);

-- What secrets of disputes are drawn with when a call may be made again: the retry gets the same.
CREATE TABLE dispute_key (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    secret BINARY(32) NOT NULL
);
INSERT INTO dispute_key (id, secret) VALUES (1, RANDOM_BYTES(32));

-- Accounts whose owners had them erased: hashes of their keys and nothing else, so that what arrives later is not filed under them.
-- entry: the change of the ledger after whose release nothing names them any more.
CREATE TABLE erased (
    number INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    hash BINARY(16) NOT NULL,
    erased_on SMALLINT UNSIGNED NOT NULL,
    entry BIGINT UNSIGNED NOT NULL,
    UNIQUE KEY by_hash (hash)
);

-- What was told of an account is found when it is erased.
ALTER TABLE hearsay ADD KEY by_account (account(191));
