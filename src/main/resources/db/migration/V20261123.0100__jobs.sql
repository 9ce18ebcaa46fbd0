-- Durable jobs that instances share: db-scheduler's own table, which reads and writes it alone. Times are UTC: DATETIME, for a
-- TIMESTAMP would be told in the zone of whoever asks. picked_by: a name each instance draws at its start.
CREATE TABLE scheduled_tasks (
    task_name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    task_instance VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    task_data BLOB NULL,
    execution_time DATETIME(6) NOT NULL,
    picked BOOLEAN NOT NULL,
    picked_by VARCHAR(50) CHARACTER SET ascii COLLATE ascii_bin NULL,
    last_success DATETIME(6) NULL,
    last_failure DATETIME(6) NULL,
    consecutive_failures INT NULL,
    last_heartbeat DATETIME(6) NULL,
    version BIGINT NOT NULL,
    priority SMALLINT NULL,
    PRIMARY KEY (task_name, task_instance),
    KEY by_time (execution_time),
    KEY by_heartbeat (last_heartbeat)
);
