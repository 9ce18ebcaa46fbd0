-- Answers to those who ruled hold their reasons: they are found when the account is erased. Those of before are gone within a day.
ALTER TABLE moderation_answer
    ADD COLUMN account_id INT UNSIGNED NULL AFTER call_hash,
    ADD KEY by_account (account_id);
