package org.fairfollow.network;

import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;

/** The networks that show accounts to everybody. */
@Singleton
class PublicNetworks implements Profiles, AccountReaders {
    private final List<PublicNetwork> networks;
    private final ConcurrentMap<AccountName, CompletableFuture<ProfileText>> reading = new ConcurrentHashMap<>();

    @Inject
    PublicNetworks(@All List<PublicNetwork> networks) {
        this.networks = networks;
    }

    @Override
    public Optional<AccountReader> of(Network network) {
        return network(network).map(AccountReader.class::cast);
    }

    @Override
    public ProfileText read(AccountName name) {
        if (!PublicNetwork.isCanonical(name)) {
            return new ProfileText.Refused(Refusal.NOT_AN_ACCOUNT);
        }
        CompletableFuture<ProfileText> mine = new CompletableFuture<>();
        CompletableFuture<ProfileText> theirs = reading.putIfAbsent(name, mine);
        if (theirs != null) {
            return theirs.join();
        }
        try {
            mine.complete(network(name.network())
                    .map(network -> network.profile(name))
                    .orElse(new ProfileText.Refused(Refusal.NO_PUBLIC_API)));
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        } finally {
            reading.remove(name);
        }
        return mine.join();
    }

    private Optional<PublicNetwork> network(Network network) {
        return networks.stream()
                .filter(known -> known.network().equals(network))
                .findFirst();
    }
}
