package org.fairfollow.lookup.pages;

import org.fairfollow.http.Speech;
import org.fairfollow.lookup.AccountLookup;

/**
 * What other sites show of a link to an account's page, and what its owner may put on a site.
 *
 * @param page the page's whole address
 */
record Sharing(Gist gist, String page) {
    static Sharing of(AccountLookup.Answer answer) {
        return new Sharing(Gist.of(answer), answer.links().page());
    }

    String card(Speech speech) {
        return speech.to(page + "/card.png");
    }

    String badge(Speech speech) {
        return speech.to(page + "/badge.svg");
    }

    /** The badge as a path on this site. */
    String badgeHere(Speech speech) {
        return badge(speech).substring(page.indexOf("/accounts/"));
    }

    String html(Speech speech) {
        return "<a href=\"" + page + "\"><img src=\"" + badge(speech) + "\" height=\"20\" alt=\"" + alt(speech)
                + "\"></a>";
    }

    String markdown(Speech speech) {
        return "[![" + alt(speech) + "](" + badge(speech) + ")](" + page + ")";
    }

    private static String alt(Speech speech) {
        return speech.say("How this account treats its followers, by Fairfollow");
    }
}
