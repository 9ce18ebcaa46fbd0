-- People who tell what they saw. Of a token only a hash is kept; the public id is drawn apart from it. Nothing says who it is.
CREATE TABLE reporter (
    number INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    public_id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    hash BINARY(32) NOT NULL,
    -- Days since 1970: to the second it would tell who asked at that moment.
    made_on SMALLINT UNSIGNED NOT NULL,
    UNIQUE KEY by_public_id (public_id),
    UNIQUE KEY by_hash (hash)
);

-- What challenges are signed with, on all instances and after every start.
CREATE TABLE challenge_key (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    secret BINARY(32) NOT NULL
);
INSERT INTO challenge_key (id, secret) VALUES (1, RANDOM_BYTES(32));

-- Challenges that were used, until some time after they would have ended.
CREATE TABLE spent_challenge (
    challenge BINARY(32) NOT NULL PRIMARY KEY,
    ends_at INT UNSIGNED NOT NULL,
    KEY by_end (ends_at)
);

-- What reporters tell. It is no evidence: nothing that judges reads it (docs/adr/0008-reporters.md).
-- kind: 0 profile counters, 1 "followed me", 2 "follows me no longer". account: the key it was told under, which is looked up
-- nowhere. seen_at: as told, but no later than it arrived. body: the counters as JSON; empty for the other kinds.
CREATE TABLE hearsay (
    reporter INT UNSIGNED NOT NULL,
    natural_key BINARY(16) NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    account VARCHAR(2100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    seen_at INT UNSIGNED NOT NULL,
    arrived_at INT UNSIGNED NOT NULL,
    body VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- By reporter, so that one range erases all one told.
    PRIMARY KEY (reporter, natural_key),
    KEY by_arrival (arrived_at)
);

-- First answers, for retries. call_hash: over Idempotency-Key and body.
CREATE TABLE hearsay_answer (
    reporter INT UNSIGNED NOT NULL,
    call_hash BINARY(32) NOT NULL,
    answered_at INT UNSIGNED NOT NULL,
    answer TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (reporter, call_hash),
    KEY by_time (answered_at)
);
