package org.fairfollow.publication;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.fairfollow.verdict.Verdict;

/**
 * An account that is published.
 *
 * @param account with the handle it may be listed under, or none
 * @param verdicts the listed ones, in the order of the practices
 */
public record Listed(Account account, List<Verdict> verdicts) {

    /** The names it is listed under. */
    List<AccountName> names() {
        List<AccountName> names = new ArrayList<>();
        if (account.nativeId() != null) {
            names.add(new AccountName(account.network(), AccountName.Kind.NATIVE_ID, account.nativeId()));
        }
        if (account.handle() != null) {
            names.add(new AccountName(account.network(), AccountName.Kind.HANDLE, account.handle()));
        }
        return names;
    }
}
