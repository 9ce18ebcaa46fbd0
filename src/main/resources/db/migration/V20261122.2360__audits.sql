-- Blind audits: people say of verdicts drawn by lot whether they are right (docs/adr/0015-blind-audits.md).

-- Each draw with what is needed to draw the same again: the seed, for which look it was, and how many the rule held then in
-- each stratum (close to the threshold, in the middle, far from it).
CREATE TABLE audit_draw (
    number INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    detector VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    look SMALLINT UNSIGNED NOT NULL,
    seed BINARY(16) NOT NULL,
    held_close INT UNSIGNED NOT NULL,
    held_middle INT UNSIGNED NOT NULL,
    held_far INT UNSIGNED NOT NULL,
    drawn_at INT UNSIGNED NOT NULL,
    KEY by_rule (practice, detector)
);

-- What was drawn; in the order of number, which is shuffled, it is handed out under an id that tells nothing. stratum: null for a
-- control, of which the rule saw signs only. account_id: null once erased. evidence: what is shown, as it was at the draw; forgotten once settled.
CREATE TABLE audit_task (
    number INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    id BINARY(16) NOT NULL,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    detector VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id INT UNSIGNED NULL,
    stratum TINYINT UNSIGNED NULL,
    evidence MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    drawn_at INT UNSIGNED NOT NULL,
    answers TINYINT UNSIGNED NOT NULL DEFAULT 0,
    needed TINYINT UNSIGNED NOT NULL DEFAULT 2,
    answered_at INT UNSIGNED NULL,
    is_right BOOLEAN NULL,
    settled_at INT UNSIGNED NULL,
    UNIQUE KEY by_id (id),
    UNIQUE KEY once (practice, detector, account_id),
    KEY by_account (account_id),
    KEY open (settled_at, number)
);

-- Who has which task in hand, one each, and until when nobody else gets it.
CREATE TABLE audit_lease (
    moderator INT UNSIGNED NOT NULL PRIMARY KEY,
    task INT UNSIGNED NOT NULL,
    ends_at INT UNSIGNED NOT NULL,
    KEY by_task (task)
);

-- Never changed. nth: the first two are independent; the third decides between them.
CREATE TABLE audit_answer (
    task INT UNSIGNED NOT NULL,
    moderator INT UNSIGNED NOT NULL,
    nth TINYINT UNSIGNED NOT NULL,
    answer VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    cause VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    note VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    answered_at INT UNSIGNED NOT NULL,
    PRIMARY KEY (task, moderator),
    UNIQUE KEY in_order (task, nth)
);

-- What each look found; never changed. tally: JSON.
CREATE TABLE audit_look (
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    detector VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    n SMALLINT UNSIGNED NOT NULL,
    tally TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    made_at INT UNSIGNED NOT NULL,
    PRIMARY KEY (practice, detector, n)
);

-- An operator let a practice go on that this look had stopped. moderator: null for the operator token.
CREATE TABLE practice_resumption (
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    detector VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    n SMALLINT UNSIGNED NOT NULL,
    reason VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    moderator INT UNSIGNED NULL,
    resumed_at INT UNSIGNED NOT NULL,
    PRIMARY KEY (practice, detector, n)
);

-- Whoever draws, answers or looks does it alone.
INSERT INTO latch (name) VALUES ('audit');
