-- Latches are taken by writing them, for a row that is only locked is known to one node of a Galera cluster. Those who share
-- one each write one of its parts. An earlier version, which locks all parts, may run beside.
ALTER TABLE latch
    ADD COLUMN part TINYINT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN taken BIGINT UNSIGNED NOT NULL DEFAULT 0,
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (name, part);
INSERT INTO latch (name, part)
    VALUES ('release', 1), ('release', 2), ('release', 3), ('release', 4), ('release', 5), ('release', 6), ('release', 7);

-- Whoever deletes what is being copied writes the claim, for the same reason.
ALTER TABLE roll_up_claim ADD COLUMN pauses BIGINT UNSIGNED NOT NULL DEFAULT 0;
