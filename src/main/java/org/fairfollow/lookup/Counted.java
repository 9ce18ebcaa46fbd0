package org.fairfollow.lookup;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Practice;
import org.fairfollow.verdict.Ledger;
import org.jspecify.annotations.Nullable;

/** What was counted last of all that is held. Counting is done beside, in its own time: readers take what is there. */
@ApplicationScoped
public class Counted {
    private volatile @Nullable Counts last;

    /** @param accounts of which something could be said, be it that nothing was found */
    public record Counts(Instant at, long accounts, List<Ledger.Held> verdicts) {
        /** Verdicts that hold something against an account and are published. */
        public long inForce(Practice practice) {
            return verdicts.stream()
                    .filter(held ->
                            held.practice() == practice && held.standing().isListed())
                    .mapToLong(Ledger.Held::verdicts)
                    .sum();
        }
    }

    /** Empty until something was counted. */
    public Optional<Counts> last() {
        return Optional.ofNullable(last);
    }

    public void tell(Counts counts) {
        last = counts;
    }
}
