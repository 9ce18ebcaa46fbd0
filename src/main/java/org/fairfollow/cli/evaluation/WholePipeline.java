package org.fairfollow.cli.evaluation;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;

/** What of a data set would be published: of its accounts with a negative label none should be. */
final class WholePipeline {
    private static final double CONFIDENCE = .95;

    private final Map<LabelReading, Answers> byLabel = new EnumMap<>(LabelReading.class);

    private static final class Answers {
        private final Set<String> judged = new HashSet<>();
        private final Map<Practice, Set<String>> listed = new EnumMap<>(Practice.class);
        private final Map<Practice, Set<String>> signs = new EnumMap<>(Practice.class);
    }

    /**
     * @param accounts with a negative label that were judged by any file
     * @param listed those for which any practice is present
     * @param atMost upper bound of the share listed, one-sided 95 %, Clopper–Pearson; 1 without accounts
     * @param signs those for which any practice shows signs
     * @param byPractice practices found in any of them
     * @param positiveAccounts with a positive label
     * @param positiveListed those for which any practice is present
     */
    public record PipelineFigures(
            long accounts,
            long listed,
            double atMost,
            long signs,
            List<PracticeCount> byPractice,
            long positiveAccounts,
            long positiveListed) {}

    public record PracticeCount(Practice practice, long listed, long signs) {}

    void judged(String account, LabelReading label) {
        answers(label).judged.add(account);
    }

    void found(String account, LabelReading label, Finding finding) {
        if (finding.opinion() == Opinion.PRESENT) {
            add(answers(label).listed, finding.practice(), account);
        } else if (finding.opinion() == Opinion.SIGNS) {
            add(answers(label).signs, finding.practice(), account);
        }
    }

    PipelineFigures figures() {
        Answers negative = answers(LabelReading.NEGATIVE);
        Answers positive = answers(LabelReading.POSITIVE);
        long accounts = negative.judged.size();
        long listed = distinct(negative.listed.values());
        return new PipelineFigures(
                accounts,
                listed,
                accounts == 0 ? 1 : Rounded.up(Statistics.clopperPearsonUpper(listed, accounts, CONFIDENCE), 6),
                distinct(negative.signs.values()),
                EnumSet.allOf(Practice.class).stream()
                        .map(practice -> new PracticeCount(
                                practice, size(negative.listed, practice), size(negative.signs, practice)))
                        .filter(count -> count.listed + count.signs > 0)
                        .toList(),
                positive.judged.size(),
                distinct(positive.listed.values()));
    }

    private Answers answers(LabelReading label) {
        return byLabel.computeIfAbsent(label, unseen -> new Answers());
    }

    private static void add(Map<Practice, Set<String>> accounts, Practice practice, String account) {
        accounts.computeIfAbsent(practice, unseen -> new HashSet<>()).add(account);
    }

    private static long size(Map<Practice, Set<String>> accounts, Practice practice) {
        return accounts.getOrDefault(practice, Set.of()).size();
    }

    private static long distinct(Collection<Set<String>> accounts) {
        Set<String> all = new HashSet<>();
        accounts.forEach(all::addAll);
        return all.size();
    }
}
