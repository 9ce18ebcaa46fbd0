package org.fairfollow.detection.posts;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.Question;

/**
 * Who asked the account something, and was answered or not: from one sample, for each has its own salt for the names of
 * who asked, so that counting over several would count people twice.
 *
 * @param sampledAt when the sample was taken, Unix epoch seconds UTC
 * @param oldEnough questions that have had their chance of an answer, oldest first
 * @param answered who was answered, on any question
 * @param perDay questions of any age by UTC epoch day
 * @param askers one for each person, by their oldest question that is old enough, oldest first
 */
record AskedQuestions(
        long sampledAt, List<Question> oldEnough, Set<String> answered, Map<Long, Long> perDay, List<Asker> askers) {
    private static final Comparator<Question> OLDEST_FIRST = comparingLong(Question::at)
            .thenComparing(Question::asker)
            .thenComparing(Question::answeredAt, Comparator.nullsLast(Comparator.naturalOrder()));

    /** Where two samples are alike otherwise, the one that accuses less; the last only makes the order total. */
    private static final Comparator<AskedQuestions> NEWEST_LAST = comparingLong(AskedQuestions::sampledAt)
            .thenComparingInt(AskedQuestions::n)
            .thenComparingLong(AskedQuestions::answeredAskers)
            .thenComparing(questions -> questions.oldEnough().toString());

    /** @param at of the oldest question that is old enough */
    record Asker(long at, String name, boolean answered) {}

    /**
     * The newest measured sample with enough people in it, else that with the most.
     *
     * @param windowDays how far back questions are looked at
     * @param waitDays how old a question must be, when the sample is taken, to have had its chance
     */
    static AskedQuestions of(Dossier dossier, int windowDays, int waitDays, int enough) {
        long asOf = SampledPosts.asOf(dossier);
        List<AskedQuestions> samples = dossier.observations().postSamples().stream()
                .filter(sample -> sample.measured() && 0 <= sample.at() && sample.at() <= asOf)
                .map(sample -> of(sample, SampledPosts.since(asOf, windowDays), waitDays))
                .toList();
        return samples.stream()
                .filter(questions -> questions.n() >= enough)
                .max(NEWEST_LAST)
                .or(() -> samples.stream().max(comparingInt(AskedQuestions::n).thenComparing(NEWEST_LAST)))
                .orElse(new AskedQuestions(0, List.of(), Set.of(), Map.of(), List.of()));
    }

    private static AskedQuestions of(PostSample sample, long since, int waitDays) {
        List<Question> asked = sample.questions() == null ? List.of() : sample.questions();
        long to = sample.at() - waitDays * SampledPosts.DAY;
        List<Question> oldEnough = asked.stream()
                .filter(question -> since < question.at() && question.at() <= to)
                .sorted(OLDEST_FIRST)
                .toList();
        Set<String> answered = asked.stream()
                .filter(question -> question.answeredAt() != null)
                .map(Question::asker)
                .collect(Collectors.toSet());
        Map<Long, Long> perDay =
                asked.stream().collect(Collectors.groupingBy(AskedQuestions::day, Collectors.counting()));
        return new AskedQuestions(sample.at(), oldEnough, answered, perDay, askers(oldEnough, answered));
    }

    private static List<Asker> askers(List<Question> oldestFirst, Set<String> answered) {
        Map<String, Long> oldest = new HashMap<>();
        for (Question question : oldestFirst) {
            oldest.putIfAbsent(question.asker(), question.at());
        }
        return oldest.entrySet().stream()
                .map(one -> new Asker(one.getValue(), one.getKey(), answered.contains(one.getKey())))
                .sorted(comparingLong(Asker::at).thenComparing(Asker::name))
                .toList();
    }

    private static long day(Question question) {
        return Math.floorDiv(question.at(), SampledPosts.DAY);
    }

    int n() {
        return askers.size();
    }

    /** People, not questions. */
    long answeredAskers() {
        return askers.stream().filter(Asker::answered).count();
    }

    /** Only these questions; who was answered stays answered. */
    AskedQuestions where(Predicate<Question> condition) {
        List<Question> rest = oldEnough.stream().filter(condition).toList();
        return new AskedQuestions(sampledAt, rest, answered, perDay, askers(rest, answered));
    }

    AskedQuestions onDaysOfAtMost(int questions) {
        return where(question -> perDay.getOrDefault(day(question), 0L) <= questions);
    }
}
