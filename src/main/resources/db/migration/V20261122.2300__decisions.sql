-- What people decided about verdicts, newest last; never changed. practice, outcome: ids. moderator: who ruled, null where a deadline did;
-- second: who agreed where two are needed. reasons: for the owner and colleagues. on_standing: what the verdict was then.
CREATE TABLE ruling (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id INT UNSIGNED NOT NULL,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    outcome VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reasons VARCHAR(4000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    moderator INT UNSIGNED NULL,
    second INT UNSIGNED NULL,
    on_standing VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ruled_at INT UNSIGNED NOT NULL,
    KEY by_account (account_id, practice, id),
    KEY by_practice (practice, id)
);

-- What holds now of all that people decided and said about one verdict. rebuttal: the owner's words, once control was proven.
-- withheld_until: taken off the list until somebody rules, or until then, when the verdict is withdrawn for good.
-- answered: this verdict was taken off the list once already. objected_at: hidden until somebody rules.
CREATE TABLE decision (
    account_id INT UNSIGNED NOT NULL,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    outcome VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ruled_at INT UNSIGNED NULL,
    rebuttal VARCHAR(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    rebutted_at INT UNSIGNED NULL,
    withheld_until INT UNSIGNED NULL,
    answered BOOLEAN NOT NULL DEFAULT FALSE,
    objected_at INT UNSIGNED NULL,
    PRIMARY KEY (account_id, practice),
    KEY by_deadline (withheld_until),
    KEY by_objection (objected_at)
);

-- What audits say of a practice. stopped_at: since when nothing of it is published; precision_found, precision_low: audited, with the
-- lower bound of its interval; confirms: whether the stricter rule alone confirms.
CREATE TABLE practice_gate (
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    precision_found DOUBLE NULL,
    precision_low DOUBLE NULL,
    confirms BOOLEAN NOT NULL DEFAULT FALSE,
    stopped_at INT UNSIGNED NULL
);

-- Audited precision of the practice when the verdict was written; null before an audit.
ALTER TABLE verdict ADD COLUMN confidence DOUBLE NULL;
