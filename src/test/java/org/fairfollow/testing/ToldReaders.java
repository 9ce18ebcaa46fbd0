package org.fairfollow.testing;

import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.network.AccountReader;
import org.fairfollow.network.AccountReaders;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.PublicFollowers;
import org.fairfollow.network.PublicPosts;
import org.fairfollow.network.Reading;

/** What networks show as a test tells it: the service under test asks no network. */
@Mock
@Singleton
public class ToldReaders implements AccountReaders, AccountReader {
    private static final Reading.Unreachable<?> NOBODY = new Reading.Unreachable<>(Duration.ofSeconds(60));

    private final Map<AccountName, Supplier<Reading<PublicAccount>>> accounts = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Reading<PublicFollowers>>> followers = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Reading<PublicPosts>>> posts = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public void account(AccountName name, Supplier<Reading<PublicAccount>> answer) {
        accounts.put(name, answer);
    }

    public void followers(String nativeId, Supplier<Reading<PublicFollowers>> answer) {
        followers.put(nativeId, answer);
    }

    public void posts(String nativeId, Supplier<Reading<PublicPosts>> answer) {
        posts.put(nativeId, answer);
    }

    /** What was asked of whom since the last time: {@code account alice.example}. */
    public List<String> asked() {
        List<String> all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    @Override
    public Optional<AccountReader> of(Network network) {
        return network == Network.X ? Optional.empty() : Optional.of(this);
    }

    @Override
    public Reading<PublicAccount> account(AccountName name) {
        asked.add("account " + name.value());
        return answer(accounts.get(name));
    }

    @Override
    public Reading<PublicFollowers> followers(PublicAccount account, int most) {
        asked.add("followers " + account.nativeId());
        return answer(followers.get(account.nativeId()));
    }

    @Override
    public Reading<PublicPosts> posts(PublicAccount account, int most) {
        asked.add("posts " + account.nativeId());
        return answer(posts.get(account.nativeId()));
    }

    @SuppressWarnings("unchecked")
    private static <T> Reading<T> answer(Supplier<Reading<T>> told) {
        return told == null ? (Reading<T>) NOBODY : told.get();
    }
}
