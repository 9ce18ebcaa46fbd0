package org.fairfollow.network;

import org.fairfollow.account.AccountName;

/**
 * Reads what one network shows of its accounts to everybody who asks without an account there. Whoever asks waits, a minute at
 * most. Never throws for what a host does.
 */
public interface AccountReader {
    /** The account behind a handle or native id; both directions are verified. */
    Reading<PublicAccount> account(AccountName name);

    /**
     * Followers, over all ranks as far as the requests reach.
     *
     * @param most how many to tell of
     */
    Reading<PublicFollowers> followers(PublicAccount account, int most);

    /**
     * The newest posts, and the questions others asked the account in public.
     *
     * @param most how many posts
     */
    Reading<PublicPosts> posts(PublicAccount account, int most);
}
