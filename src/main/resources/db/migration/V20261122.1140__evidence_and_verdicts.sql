-- Times are Unix seconds UTC, days are days since 1970-01-01. Strings are compared byte by byte.

-- What this store is: its kind is fixed when it is made, its epoch tells clients one store from another.
CREATE TABLE store (
    id TINYINT NOT NULL PRIMARY KEY CHECK (id = 1),
    kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    epoch CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    operator_token_hash BINARY(32) NULL,
    created_at INT UNSIGNED NOT NULL
);

-- Rows that are locked so that one writer at a time does a thing: works on one server and on a Galera cluster alike.
CREATE TABLE latch (
    name VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY
);
INSERT INTO latch (name) VALUES ('evidence'), ('release');

-- An account is its native id; until that is known it is provisional (native_id null) and known by a handle.
CREATE TABLE account (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    network TINYINT UNSIGNED NOT NULL,
    native_id VARCHAR(2048) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    native_hash BINARY(16) NULL,
    merged_into INT UNSIGNED NULL,
    first_seen INT UNSIGNED NOT NULL,
    handle_doubted_at INT UNSIGNED NOT NULL DEFAULT 0,
    UNIQUE KEY by_native (native_hash),
    KEY by_merge (merged_into)
);

-- Who was seen under which handle, from when to when; the newest sighting of a handle tells whose it is.
CREATE TABLE handle_sighting (
    account_id INT UNSIGNED NOT NULL,
    handle_hash BINARY(16) NOT NULL,
    handle VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    first_seen INT UNSIGNED NOT NULL,
    last_seen INT UNSIGNED NOT NULL,
    PRIMARY KEY (account_id, handle_hash),
    KEY by_handle (handle_hash, last_seen)
);

-- Follows and blocks by (actor, record key): a stream's create and delete are two halves of one row, so that they may
-- arrive in any order and twice. No foreign keys: partitioned tables have none, and edges are dropped by the day.
-- Partitions are added when a day is first seen; 'keyless' holds records whose key tells no day.
CREATE TABLE edge (
    day SMALLINT UNSIGNED NOT NULL,
    actor_id INT UNSIGNED NOT NULL,
    record_key BIGINT NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    target_id INT UNSIGNED NULL,
    created_at INT UNSIGNED NULL,
    deleted_at INT UNSIGNED NULL,
    PRIMARY KEY (actor_id, record_key, kind, day),
    -- Covering: who followed back is read for every account that is judged, from the index alone.
    KEY by_target (target_id, created_at, deleted_at)
)
PARTITION BY LIST (day) (PARTITION keyless VALUES IN (0));

-- Follows and unfollows an account made, by day of the event.
CREATE TABLE tally (
    account_id INT UNSIGNED NOT NULL,
    day SMALLINT UNSIGNED NOT NULL,
    followed INT UNSIGNED NOT NULL,
    unfollowed INT UNSIGNED NOT NULL,
    PRIMARY KEY (account_id, day)
);

-- Days with activity of an account's own: bit d of period p stands for day 64 p + d.
CREATE TABLE activity (
    account_id INT UNSIGNED NOT NULL,
    period SMALLINT UNSIGNED NOT NULL,
    days BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (account_id, period)
);

-- Identity and account events of the stream.
CREATE TABLE account_event (
    account_id INT UNSIGNED NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    seq BIGINT UNSIGNED NOT NULL,
    seen_at INT UNSIGNED NOT NULL,
    active BOOLEAN NULL,
    PRIMARY KEY (account_id, kind, seq)
);

-- Facts told by single observers; body is the observation as it was sent, without what it is filed under.
CREATE TABLE observation (
    account_id INT UNSIGNED NOT NULL,
    kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    natural_key BINARY(16) NOT NULL,
    seen_at INT UNSIGNED NOT NULL,
    body VARCHAR(4096) NOT NULL,
    PRIMARY KEY (account_id, kind, natural_key)
);

-- Minutes in which the stream said anything: bit m of hour h. Silence between them may be a gap in coverage.
CREATE TABLE stream_hour (
    hour INT UNSIGNED NOT NULL PRIMARY KEY,
    minutes BIGINT UNSIGNED NOT NULL
);

-- Unfollows by the day of their record key: with their follow seen (paired) or not (orphaned: a follow was lost).
CREATE TABLE stream_day (
    day SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
    paired INT NOT NULL,
    orphaned INT NOT NULL
);

-- Accounts whose evidence changed since they were last judged. A change while one is being judged raises generation.
CREATE TABLE due (
    account_id INT UNSIGNED NOT NULL PRIMARY KEY,
    due_at BIGINT UNSIGNED NOT NULL,
    generation INT UNSIGNED NOT NULL,
    claimed_until BIGINT UNSIGNED NOT NULL DEFAULT 0,
    KEY by_time (due_at)
);

-- Accounts for which what others do matters (a follow returned can clear them): they become due by it.
CREATE TABLE watched (
    account_id INT UNSIGNED NOT NULL PRIMARY KEY
);

-- What is held of an account now; finding: JSON in zstd, as everywhere; handle: what it is listed under besides its native id, null when none is verified.
CREATE TABLE verdict (
    account_id INT UNSIGNED NOT NULL,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    standing VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    handle VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NULL,
    finding MEDIUMBLOB NOT NULL,
    detector VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    as_of INT UNSIGNED NOT NULL,
    review_at INT UNSIGNED NULL,
    judge_again_at INT UNSIGNED NULL,
    PRIMARY KEY (account_id, practice),
    KEY by_standing (standing),
    KEY by_next (judge_again_at)
);

-- Every change of a verdict, in the order it was written.
CREATE TABLE verdict_entry (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id INT UNSIGNED NOT NULL,
    practice VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    standing VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    former VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
    cause VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    handle VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NULL,
    finding MEDIUMBLOB NOT NULL,
    detector VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    written_at INT UNSIGNED NOT NULL,
    KEY by_account (account_id, practice, id)
);

-- The dossier behind an entry of `signs` or above, as JSON in zstd: shown and judged again until it may go.
CREATE TABLE kept_dossier (
    entry_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    account_id INT UNSIGNED NOT NULL,
    body LONGBLOB NOT NULL,
    keep_until INT UNSIGNED NOT NULL,
    KEY by_end (keep_until)
);

-- What was published: one row a version. cut: the newest verdict_entry in it.
CREATE TABLE list_release (
    version BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    cut BIGINT UNSIGNED NOT NULL,
    entries INT UNSIGNED NOT NULL,
    content_sha256 BINARY(32) NOT NULL,
    published_at INT UNSIGNED NOT NULL
);
