package org.fairfollow.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fairfollow.evidence.Appended;
import org.fairfollow.intake.ImportCounts.Outcome;

/** What became of the lines of an import: each is counted once. */
public final class ImportResult {
    /** Rejected lines named one by one; the rest is only counted. */
    static final int NAMED = 1_000;

    @JsonProperty
    private long lines;

    @JsonProperty
    private long accepted;

    @JsonProperty
    private long duplicates;

    @JsonProperty
    private long activity;

    @JsonProperty
    private final Map<String, Long> ignored = new TreeMap<>();

    @JsonProperty
    private long coverageLoss;

    @JsonProperty
    private long rejectedTotal;

    @JsonProperty
    private final List<Rejected> rejected = new ArrayList<>();

    @JsonProperty
    private boolean complete;

    private final ImportCounts all;

    ImportResult(ImportCounts all) {
        this.all = all;
    }

    /** A rejected line, numbered from 1. */
    public record Rejected(long line, String code) {}

    public long lines() {
        return lines;
    }

    public long accepted() {
        return accepted;
    }

    public long duplicates() {
        return duplicates;
    }

    public long activity() {
        return activity;
    }

    public Map<String, Long> ignored() {
        return ignored;
    }

    public long coverageLoss() {
        return coverageLoss;
    }

    public long rejectedTotal() {
        return rejectedTotal;
    }

    public List<Rejected> rejected() {
        return rejected;
    }

    public boolean complete() {
        return complete;
    }

    void line() {
        lines++;
    }

    void appended(long line, Appended outcome) {
        switch (outcome) {
            case ACCEPTED -> accept();
            case COVERAGE_LOSS -> {
                accept();
                coverageLoss++;
            }
            case DUPLICATE -> {
                duplicates++;
                all.count(Outcome.DUPLICATE);
            }
            case ACTIVITY -> {
                activity++;
                all.count(Outcome.ACTIVITY);
            }
            case OLDER_FOLLOW -> ignore("older-follow");
            case ROLLED_UP -> ignore("rolled-up");
            case IMPLAUSIBLE_KEY -> ignore("implausible-key");
            case ERASED -> ignore("erased");
            case IMPOSSIBLE_LIFETIME -> reject(line, "impossible-lifetime");
        }
    }

    private void accept() {
        accepted++;
        all.count(Outcome.ACCEPTED);
    }

    void ignore(String reason) {
        all.count(Outcome.IGNORED);
        ignored.merge(reason, 1L, Long::sum);
    }

    void reject(long line, String code) {
        all.count(Outcome.REJECTED);
        rejectedTotal++;
        if (rejected.size() < NAMED) {
            rejected.add(new Rejected(line, code));
        }
    }

    void readToTheEnd() {
        complete = true;
    }
}
