package org.fairfollow.lookup.pages;

import java.util.List;
import java.util.stream.Collectors;
import org.fairfollow.account.AccountName;
import org.fairfollow.lookup.PathName;

/**
 * The look-up field with what was typed in it, where that leads to no account or to several.
 *
 * @param typed as it may be shown: without what controls a terminal, and not without end
 * @param odd characters of it that stand in no name on any network, by their number and name
 * @param answering whether the reader wants to answer what is held, rather than read it
 */
record LookUpView(
        String title, String text, String typed, List<Odd> odd, List<Candidate> candidates, boolean answering) {
    /** Nobody reads on. */
    private static final int SHOWN = 200;

    private static final int ODD = 5;

    record Odd(String number, String name) {}

    /** @param network its name for people */
    record Candidate(String name, String network, String address) {
        static Candidate of(AccountName account, boolean answering) {
            return new Candidate(
                    (account.isHandle() ? "@" : "") + account.value(),
                    AccountView.networkName(account.network().id()),
                    LookUpView.address(account, answering));
        }
    }

    static LookUpView of(String title, String text, String typed, List<Candidate> candidates, boolean answering) {
        return new LookUpView(title, text, shown(typed), odd(typed), candidates, answering);
    }

    static String address(AccountName account, boolean answering) {
        return (answering ? "/disputes/about/" : "/accounts/")
                + account.network().id() + "/" + PathName.of(account.value());
    }

    boolean isTyped() {
        return !typed.isEmpty();
    }

    private static String shown(String typed) {
        String shown = typed.codePoints()
                .limit(SHOWN)
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        return shown.length() < typed.length() ? shown + "…" : shown;
    }

    /** Letters that look like others, and what nobody sees, are how names are forged. */
    private static List<Odd> odd(String typed) {
        return typed.codePoints()
                .limit(SHOWN)
                .filter(c -> c <= ' ' || c > '~')
                .distinct()
                .limit(ODD)
                .mapToObj(c -> new Odd("U+%04X".formatted(c), String.valueOf(Character.getName(c))))
                .toList();
    }
}
