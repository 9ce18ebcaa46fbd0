package org.fairfollow.cli.evaluation;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fairfollow.cli.evaluation.SubjectFigures.Outcome;

/** Answers given to accounts, counted by answer and label. */
final class Tally<A extends Enum<A>> {
    private final List<A> answers;
    private final Map<A, long[]> counts;

    Tally(Class<A> answers) {
        this.answers = List.of(answers.getEnumConstants());
        this.counts = new EnumMap<>(answers);
        this.answers.forEach(answer -> counts.put(answer, new long[LabelReading.values().length]));
    }

    void add(A answer, LabelReading label) {
        of(answer)[label.ordinal()]++;
    }

    long count(Set<A> answers, LabelReading label) {
        return answers.stream().mapToLong(answer -> of(answer)[label.ordinal()]).sum();
    }

    /** Of the accounts that are judged, how those went that got one of the flagging answers. */
    Confusion confusion(Set<A> flagging, Set<A> judged) {
        long truePositive = count(flagging, LabelReading.POSITIVE);
        long falsePositive = count(flagging, LabelReading.NEGATIVE);
        return new Confusion(
                truePositive,
                falsePositive,
                count(judged, LabelReading.NEGATIVE) - falsePositive,
                count(judged, LabelReading.POSITIVE) - truePositive);
    }

    /** How many of the accounts with an understood label got one of these answers. */
    Measure share(String id, Set<A> which) {
        return Measure.share(
                id,
                null,
                count(which, LabelReading.POSITIVE) + count(which, LabelReading.NEGATIVE),
                count(Set.copyOf(answers), LabelReading.POSITIVE) + count(Set.copyOf(answers), LabelReading.NEGATIVE),
                "no account has a label that is understood");
    }

    List<Outcome> outcomes() {
        return answers.stream()
                .map(answer -> new Outcome(
                        answer.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        of(answer)[LabelReading.POSITIVE.ordinal()],
                        of(answer)[LabelReading.NEGATIVE.ordinal()],
                        of(answer)[LabelReading.NOT_UNDERSTOOD.ordinal()]))
                .toList();
    }

    private long[] of(A answer) {
        return Objects.requireNonNull(counts.get(answer));
    }
}
