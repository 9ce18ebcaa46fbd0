package org.fairfollow.lookup.pages;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fairfollow.http.Speech;
import org.fairfollow.lookup.AccountLookup;
import org.fairfollow.lookup.Practices;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of an account where there is room for a line: in its badge, in its picture, in what is shown of a link to it. It
 * says no more than what is published: signs are for those who look closer, and here they are too little evidence.
 *
 * @param verdict the gravest that is listed; null where none is
 * @param others how many more are listed
 * @param judged of how many practices there was enough evidence to say something
 * @param practices how many there are
 */
record Gist(Form form, @Nullable VerdictJson verdict, int others, int judged, int practices) {
    enum Form {
        /** A moderator looked at it and found the pattern. */
        CONFIRMED,
        LIKELY,
        /** Some practices were judged, and nothing is held. */
        NOTHING_FOUND,
        TOO_LITTLE,
        /** Nothing was ever seen of the account. */
        NOT_KNOWN,
        /** The database is away, and only what is listed can be told. */
        NOT_LISTED,
        /** It is away before anything was published: nobody knows. */
        NO_ANSWER
    }

    static final Gist NO_ANSWER = new Gist(Form.NO_ANSWER, null, 0, 0, 0);

    static Gist of(AccountLookup.Answer answer) {
        List<VerdictJson> verdicts = answer.verdicts().stream()
                .filter(verdict -> Practices.of(verdict.practice()).isPresent())
                .toList();
        List<VerdictJson> listed = verdicts.stream()
                .filter(verdict -> verdict.standing().isListed())
                .sorted(Comparator.comparing(VerdictJson::standing, Comparator.reverseOrder())
                        .thenComparing(VerdictJson::practice))
                .toList();
        int judged = listed.size()
                + (int) verdicts.stream().filter(Gist::isNothingFound).count();
        if (!listed.isEmpty()) {
            VerdictJson gravest = listed.getFirst();
            Form form = gravest.standing() == Standing.CONFIRMED ? Form.CONFIRMED : Form.LIKELY;
            return new Gist(form, gravest, listed.size() - 1, judged, verdicts.size());
        }
        return new Gist(form(answer, verdicts, judged), null, 0, judged, verdicts.size());
    }

    private static Form form(AccountLookup.Answer answer, List<VerdictJson> verdicts, int judged) {
        if (answer.status().equals("assessed")) {
            boolean signs =
                    verdicts.stream().anyMatch(verdict -> verdict.standing().isAdverse());
            return judged == 0 || signs ? Form.TOO_LITTLE : Form.NOTHING_FOUND;
        }
        return answer.stale() ? Form.NOT_LISTED : Form.NOT_KNOWN;
    }

    private static boolean isNothingFound(VerdictJson verdict) {
        return verdict.standing() == Standing.NOT_FOUND || verdict.standing() == Standing.CLEARED;
    }

    boolean isDisputed() {
        return verdict != null && verdict.disputed();
    }

    /** In few words, for a badge. */
    String words(Speech speech) {
        String words =
                switch (form) {
                    case CONFIRMED -> speech.say("{0}: reviewed", practice(speech));
                    case LIKELY -> speech.say("{0}: likely", practice(speech));
                    case NOTHING_FOUND -> speech.say("nothing found, {0} of {1} judged", judged, practices);
                    case TOO_LITTLE -> speech.say("not enough evidence");
                    case NOT_KNOWN -> speech.say("not known");
                    case NOT_LISTED -> speech.say("not on the list");
                    case NO_ANSWER -> speech.say("no answer now");
                };
        if (others > 0) {
            words = speech.say("{0}, and {1} more", words, others);
        }
        return isDisputed() ? speech.say("{0}, disputed", words) : words;
    }

    /** In sentences: the statement, or why there is none. */
    String sentences(Speech speech) {
        return switch (form) {
            case CONFIRMED, LIKELY ->
                Optional.ofNullable(verdict)
                        .map(held -> speech.toldPlainly(held.statement()))
                        .orElse("");
            case NOTHING_FOUND ->
                judged == practices
                        ? speech.say(
                                "Nothing is held against this account. All {0} practices could be judged.", practices)
                        : speech.say(
                                "Nothing is held against this account. {0} of {1} practices could be judged; of the others too little was seen.",
                                judged, practices);
            case TOO_LITTLE -> speech.say("Too little was seen of this account to say anything of it, good or bad.");
            case NOT_KNOWN ->
                speech.say("This account was never seen here. That says nothing about it, neither good nor bad.");
            case NOT_LISTED ->
                speech.say("This account is not on the published list. Nothing more can be told at this moment.");
            case NO_ANSWER -> speech.say("Nothing can be told at this moment.");
        };
    }

    /** The practice's name; empty where nothing is listed. */
    String practice(Speech speech) {
        return Optional.ofNullable(verdict)
                .flatMap(held -> Practices.of(held.practice()))
                .map(practice -> speech.toldPlainly(practice.name()))
                .orElse("");
    }
}
