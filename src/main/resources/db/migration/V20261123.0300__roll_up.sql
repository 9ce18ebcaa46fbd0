-- Accounts whose edges are kept on days that are rolled up: they follow or are followed so much that a rule may judge them
-- (docs/adr/0019-roll-up.md). All their edges since first_whole_day are there; 0: all there ever were. last_met: the last day
-- rolled up when they did.
CREATE TABLE tracked (
    account_id INT UNSIGNED NOT NULL PRIMARY KEY,
    first_whole_day SMALLINT UNSIGNED NOT NULL,
    last_met SMALLINT UNSIGNED NOT NULL,
    KEY by_last_met (last_met)
);

-- Days that edges are filed under. filed_at: when one was last filed, by the clock. state: 0 all edges are there, 1 edges that bear
-- on nothing may be missing from now on, 2 they are.
CREATE TABLE edge_day (
    day SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
    filed_at INT UNSIGNED NOT NULL,
    state TINYINT UNSIGNED NOT NULL DEFAULT 0
);
-- Nobody knows when what is there was filed: no later than now.
INSERT INTO edge_day (day, filed_at)
    SELECT partition_description, UNIX_TIMESTAMP() FROM information_schema.partitions
    WHERE table_schema = DATABASE() AND table_name = 'edge' AND partition_description <> '0';

-- A day is built anew in it and then takes the place of the old one; empty but for that time.
CREATE TABLE edge_aside LIKE edge;
ALTER TABLE edge_aside REMOVE PARTITIONING;

-- Which instance rolls up, until when (Unix epoch milliseconds).
CREATE TABLE roll_up_claim (
    id TINYINT NOT NULL PRIMARY KEY CHECK (id = 1),
    holder BIGINT NOT NULL,
    held_until BIGINT NOT NULL
);
INSERT INTO roll_up_claim (id, holder, held_until) VALUES (1, 0, 0);
