-- People who sign in. A closed account stays, so that log and rulings tell who it was; its name is never given again.
-- password: Argon2id with salt and costs; null until the invitation is used. totp_secret: only of use with the password, and told to
-- nobody after enrolment. totp_step: the newest step whose code was used. wrong_codes, wait_until: wrong codes after the right password.
-- invitation: hash of a code that sets password and secret, once.
CREATE TABLE moderator (
    number INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    role VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    password VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL,
    totp_secret BINARY(20) NULL,
    totp_step BIGINT UNSIGNED NOT NULL DEFAULT 0,
    wrong_codes INT UNSIGNED NOT NULL DEFAULT 0,
    wait_until INT UNSIGNED NOT NULL DEFAULT 0,
    invitation BINARY(32) NULL,
    invited_until INT UNSIGNED NULL,
    made_at INT UNSIGNED NOT NULL,
    closed_at INT UNSIGNED NULL,
    UNIQUE KEY by_name (name),
    UNIQUE KEY by_invitation (invitation)
);

CREATE TABLE moderator_session (
    hash BINARY(32) NOT NULL PRIMARY KEY,
    moderator INT UNSIGNED NOT NULL,
    made_at INT UNSIGNED NOT NULL,
    seen_at INT UNSIGNED NOT NULL,
    KEY by_moderator (moderator),
    KEY by_age (made_at)
);

-- What moderators did; only ever added to. number: from 1, without gaps. moderator: null for the operator token and for commands.
-- hash: SHA-256 over that of the entry before and over this one's fields (docs/adr/0012-moderators.md).
CREATE TABLE audit_log (
    number BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    written_at INT UNSIGNED NOT NULL,
    moderator INT UNSIGNED NULL,
    action VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    detail VARCHAR(4000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    hash BINARY(32) NOT NULL
);

-- Where the log ends: whoever writes takes this row first, and entries missing at the end show.
CREATE TABLE audit_log_end (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    number BIGINT UNSIGNED NOT NULL,
    hash BINARY(32) NOT NULL
);
INSERT INTO audit_log_end (id, number, hash) VALUES (1, 0, UNHEX(REPEAT('00', 32)));
