-- Every release counts the placebo: from this index instead of from all verdicts with their findings.
ALTER TABLE verdict ADD KEY IF NOT EXISTS by_placebo (placebo, account_id);
