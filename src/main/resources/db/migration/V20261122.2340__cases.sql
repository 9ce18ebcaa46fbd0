-- What people have to look at, or had: one case an account. id: random, the only name of the case outside. place: where it stands in the
-- queue, lower first (review.Place); null while nothing waits. practices: ids of those that wait, joined by commas. All but id and
-- waiting_since is computed from what is held, and follows it (review.Queue).
CREATE TABLE moderation_case (
    account_id INT UNSIGNED NOT NULL PRIMARY KEY,
    id BINARY(12) NOT NULL,
    place BIGINT NULL,
    network TINYINT UNSIGNED NOT NULL,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
    practices VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    waiting_since INT UNSIGNED NULL,
    UNIQUE KEY by_id (id),
    -- All that the queue is filtered by: a page of it reads this index and no row that it leaves out.
    KEY by_place (place, account_id, network, state, practices)
);

-- Up to which verdict_entry the queue has followed.
CREATE TABLE case_position (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    entry BIGINT UNSIGNED NOT NULL
);
INSERT INTO case_position (id, entry) VALUES (1, 0);

-- Rulings that wait for a second person; gone when they are agreed to, rejected or too old. moderator: whose they are.
CREATE TABLE proposal (
    id BINARY(12) NOT NULL PRIMARY KEY,
    account_id INT UNSIGNED NOT NULL,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    outcome VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reasons VARCHAR(4000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    moderator INT UNSIGNED NOT NULL,
    made_at INT UNSIGNED NOT NULL,
    UNIQUE KEY once (account_id, practice),
    KEY by_age (made_at)
);

-- First answers, for retries. call_hash: over Idempotency-Key, call and body.
CREATE TABLE moderation_answer (
    moderator INT UNSIGNED NOT NULL,
    call_hash BINARY(32) NOT NULL,
    answered_at INT UNSIGNED NOT NULL,
    status SMALLINT UNSIGNED NOT NULL,
    answer TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (moderator, call_hash),
    KEY by_time (answered_at)
);

-- The log of one case.
ALTER TABLE audit_log ADD KEY by_subject (subject, number);
