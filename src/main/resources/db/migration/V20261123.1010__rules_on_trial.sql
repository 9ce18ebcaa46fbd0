-- The rules some instance judges by, as a release names them, with their bytes. seen_at: when an instance that has them last
-- said that it is there.
CREATE TABLE rulebook (
    sha256 BINARY(32) NOT NULL PRIMARY KEY,
    content MEDIUMBLOB NOT NULL,
    seen_at INT UNSIGNED NOT NULL
);

-- One row: the rules that what is published rests on. The first start on a store writes it.
CREATE TABLE rules_in_force (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    sha256 BINARY(32) NOT NULL,
    since INT UNSIGNED NOT NULL
);

-- One row each time that other rules are tried on all accounts: seen_before is when somebody with the rules in force was last there.
-- Accounts up to next_account are judged; whoever judges the next has
-- the row until busy_until (milliseconds), and nobody goes on before. judged_at: all were; adopted_at: an operator put the rules in
-- force; written_at: every verdict follows them.
CREATE TABLE rules_trial (
    number INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sha256 BINARY(32) NOT NULL,
    seen_before INT UNSIGNED NOT NULL,
    began_at INT UNSIGNED NOT NULL,
    accounts INT UNSIGNED NOT NULL DEFAULT 0,
    judged INT UNSIGNED NOT NULL DEFAULT 0,
    next_account INT UNSIGNED NOT NULL DEFAULT 0,
    busy_until BIGINT UNSIGNED NOT NULL DEFAULT 0,
    judged_at INT UNSIGNED NULL,
    adopted_at INT UNSIGNED NULL,
    written_at INT UNSIGNED NULL,
    UNIQUE KEY once (sha256, seen_before)
);

-- Where the rules on trial say other than what stands. Nobody but operators is shown it.
CREATE TABLE judged_aside (
    trial INT UNSIGNED NOT NULL,
    account_id INT UNSIGNED NOT NULL,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    difference VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    standing VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    finding MEDIUMBLOB NOT NULL,
    PRIMARY KEY (trial, account_id, practice),
    KEY by_difference (trial, difference, practice, account_id),
    KEY by_account (account_id)
);
