-- Facts that observers tell, of every kind. The table is made anew: what stood in it was read by nothing, no verdict rests on
-- it, and its natural keys left the observer's other side out; importing the same file again brings it back.
DROP TABLE observation;

-- kind: 0 profile counters, 1 follow, 2 unfollow, 3 message, 4 follower sample, 5 post sample, 6 owner's statement.
-- body: canonical JSON of the fact in zstd; empty for follows and unfollows, of which all stands in the columns: account_id
-- acts, other_id is acted on. seen_at stands in the key so that the newest of an account and kind are one short range.
CREATE TABLE observation (
    account_id INT UNSIGNED NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    seen_at INT UNSIGNED NOT NULL,
    natural_key BINARY(16) NOT NULL,
    other_id INT UNSIGNED NULL,
    observer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    measured BOOLEAN NOT NULL,
    body MEDIUMBLOB NOT NULL,
    PRIMARY KEY (account_id, kind, seen_at, natural_key),
    -- Who acted on an account, newest first.
    KEY by_other (other_id, kind, seen_at),
    -- Of whom else an observer told.
    KEY by_observer (observer, kind, account_id, seen_at),
    KEY by_time (seen_at)
);
