-- weight: natural logarithm of the likelihood ratio of the evidence; it orders what people review and never publishes.
-- placebo: null where the practice has none, else whether the rule finds the practice with the accusing labels shuffled.
ALTER TABLE verdict
    ADD COLUMN weight DOUBLE NOT NULL DEFAULT 0,
    ADD COLUMN placebo BOOLEAN NULL;

-- How many accounts the rules would list on shuffled labels, of those that were judged so.
ALTER TABLE list_release
    ADD COLUMN placebo_listed INT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN placebo_judged INT UNSIGNED NOT NULL DEFAULT 0;
