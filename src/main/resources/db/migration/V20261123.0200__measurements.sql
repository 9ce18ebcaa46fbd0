-- Measurements of accounts, each once: what waits, what is under way and what became of it (docs/adr/0018-measurements.md). It says
-- nothing of an account. account: the key it was asked for under, or that of its native id once that is known. asked_at: when the
-- newest one was asked for; it tells one from the next. since: when the state began. reason: why it was refused or waits, or what is
-- to be known of it. tries: in vain. step: how much of it is filed already; profile: what the later steps need of the first, JSON,
-- gone when it is over. When it goes on is told by scheduled_tasks.
CREATE TABLE measurement (
    account_hash BINARY(16) NOT NULL PRIMARY KEY,
    account VARCHAR(2100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    since INT UNSIGNED NOT NULL,
    reason VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
    asked_at INT UNSIGNED NOT NULL,
    tries TINYINT UNSIGNED NOT NULL DEFAULT 0,
    step TINYINT UNSIGNED NOT NULL DEFAULT 0,
    profile TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    KEY by_state (state),
    KEY by_time (since)
);

-- What was wished before there was anybody to measure.
INSERT INTO measurement (account_hash, account, state, since, asked_at)
    SELECT account_hash, account, 'queued', UNIX_TIMESTAMP(), UNIX_TIMESTAMP() FROM measurement_wish;
INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
    SELECT 'measurement', LOWER(HEX(account_hash)), UTC_TIMESTAMP(6), FALSE, 1 FROM measurement_wish;
DROP TABLE measurement_wish;

-- How often hosts were read today, by hash: the host of a single person says who that is. open_at: not to be read before.
CREATE TABLE measurement_host (
    host BINARY(16) NOT NULL PRIMARY KEY,
    day SMALLINT UNSIGNED NOT NULL,
    measured INT UNSIGNED NOT NULL,
    open_at INT UNSIGNED NOT NULL
);
