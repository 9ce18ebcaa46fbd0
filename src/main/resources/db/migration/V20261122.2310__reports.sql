-- Reports: what a reporter claims of an account. They convict nobody: nothing that judges reads them (docs/adr/0010-reports-and-trust.md).
-- account: the key it was told under; account_id: who that was when it was told, as far as the directory knew, or learned in time.
-- note: plain text. fingerprint … has_link: a message, never its text. followed_on, left_on: days since 1970 from the reporter's own
-- record; to the second they would tell whoever knows the network who the reporter is. outcome: null until a ruling, then 0 right,
-- 1 wrong, 2 set aside; ruled_on: its day.
CREATE TABLE report (
    reporter INT UNSIGNED NOT NULL,
    id BINARY(12) NOT NULL,
    account_hash BINARY(16) NOT NULL,
    account VARCHAR(2100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    account_id INT UNSIGNED NULL,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    note VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    fingerprint BINARY(16) NULL,
    bands VARBINARY(128) NULL,
    message_kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
    delay_seconds INT UNSIGNED NULL,
    has_link BOOLEAN NULL,
    followed_on SMALLINT UNSIGNED NULL,
    left_on SMALLINT UNSIGNED NULL,
    sent_at INT UNSIGNED NOT NULL,
    updated_at INT UNSIGNED NOT NULL,
    outcome TINYINT UNSIGNED NULL,
    ruled_on SMALLINT UNSIGNED NULL,
    -- By reporter, so that one range erases all one told.
    PRIMARY KEY (reporter, id),
    UNIQUE KEY once (reporter, account_hash, practice),
    KEY by_account (account_id, practice, reporter),
    KEY by_name (account_id, account_hash),
    KEY by_update (updated_at),
    KEY by_ruling (ruled_on)
);

-- What rulings said of the reports somebody sent; kept when the reports are gone.
ALTER TABLE reporter
    ADD COLUMN upheld INT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN not_upheld INT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN set_aside INT UNSIGNED NOT NULL DEFAULT 0;

-- Cases that were reported and ruled on: what a reporter's counts are measured by.
CREATE TABLE reported_rulings (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    upheld INT UNSIGNED NOT NULL,
    not_upheld INT UNSIGNED NOT NULL
);
INSERT INTO reported_rulings (id, upheld, not_upheld) VALUES (1, 0, 0);

-- Open reports by case. weight_then: what they would have been worth in 1970: all weights fall by half in 90 days, so their order stays.
CREATE TABLE reported (
    account_id INT UNSIGNED NOT NULL,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reports INT UNSIGNED NOT NULL,
    clusters INT UNSIGNED NOT NULL,
    messages INT UNSIGNED NOT NULL,
    weight_then DOUBLE NOT NULL,
    first_at INT UNSIGNED NOT NULL,
    last_at INT UNSIGNED NOT NULL,
    PRIMARY KEY (account_id, practice),
    KEY by_weight (weight_then)
);

-- Accounts whose reports are to be weighed again. Each change is a row of its own, so that reporters of one account do not wait for
-- each other.
CREATE TABLE reported_due (
    number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id INT UNSIGNED NOT NULL,
    KEY by_account (account_id)
);
INSERT INTO latch (name) VALUES ('reports');

-- First answers to calls that sent a report: gone with it.
ALTER TABLE hearsay_answer ADD COLUMN report BINARY(12) NULL;

-- Accounts somebody wishes were measured, each once.
CREATE TABLE measurement_wish (
    account_hash BINARY(16) NOT NULL PRIMARY KEY,
    account VARCHAR(2100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    network TINYINT UNSIGNED NOT NULL,
    asked_at INT UNSIGNED NOT NULL,
    KEY by_time (asked_at)
);
