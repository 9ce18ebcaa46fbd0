-- How far Bluesky's stream was followed: the time of the newest event whose batch is committed, Unix microseconds as the stream
-- tells them; null before the first. epoch: whoever follows it takes the next one, and commits under an older one fail.
CREATE TABLE stream_cursor (
    id TINYINT NOT NULL PRIMARY KEY CHECK (id = 1),
    epoch BIGINT UNSIGNED NOT NULL,
    time_us BIGINT UNSIGNED NULL
);

-- Time the stream was known to be lost in, half open: it is taken out of coverage whatever minutes were noted.
CREATE TABLE stream_gap (
    from_at INT UNSIGNED NOT NULL,
    to_at INT UNSIGNED NOT NULL,
    PRIMARY KEY (from_at, to_at)
);
