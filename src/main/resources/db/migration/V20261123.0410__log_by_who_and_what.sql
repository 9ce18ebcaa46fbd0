-- The log is looked through by who did something and what was done. Numbers rise with time: a day is found between two of them.
ALTER TABLE audit_log
    ADD KEY by_moderator (moderator, number),
    ADD KEY by_action (action, number),
    ADD KEY by_time (written_at);
