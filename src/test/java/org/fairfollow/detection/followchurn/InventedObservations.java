package org.fairfollow.detection.followchurn;

import static org.fairfollow.detection.followchurn.InventedAccount.AS_OF;
import static org.fairfollow.detection.followchurn.InventedAccount.DAY;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.RelationTold;
import org.fairfollow.evidence.Observations;

/** Invents what observers tell of an account that no stream showed, alike for the same seed. */
final class InventedObservations {
    private InventedObservations() {}

    static Dossier dossier(List<RelationTold> relations, List<ProfileCounters> profiles) {
        return with(Dossier.empty(AS_OF), relations, profiles);
    }

    static Dossier with(Dossier dossier, List<RelationTold> relations, List<ProfileCounters> profiles) {
        return new Dossier(
                dossier.asOf(),
                dossier.follows(),
                dossier.targets(),
                dossier.coverage(),
                Arrivals.NONE,
                new Observations(profiles, relations, List.of(), List.of(), List.of(), List.of(), Map.of()));
    }

    static RelationTold follow(int other, long at) {
        return new RelationTold(at, "observer-" + other, false, true, other, true);
    }

    static RelationTold gone(int other, long at) {
        return new RelationTold(at, "observer-" + other, false, false, other, true);
    }

    static RelationTold followedBack(int other, long at) {
        return new RelationTold(at, "observer-" + other, false, true, other, false);
    }

    /**
     * People who each saw the account follow them over 80 days.
     *
     * @param left share of those not followed back that it left within three weeks
     * @param returnedLeft the same of those who followed back, a quarter of all
     */
    static List<RelationTold> told(int people, double left, double returnedLeft, long seed) {
        Random random = new Random(seed);
        List<RelationTold> told = new ArrayList<>();
        for (int other = 0; other < people; other++) {
            long at = AS_OF - 1 - (long) (80 * DAY * random.nextDouble());
            boolean returned = other % 4 == 0;
            told.add(follow(other, at));
            if (returned) {
                told.add(followedBack(other, at + 3_600));
            }
            long leaving = at + 2 * DAY + (long) (19 * DAY * random.nextDouble());
            if (random.nextDouble() < (returned ? returnedLeft : left) && leaving < AS_OF) {
                told.add(gone(other, leaving));
            }
        }
        return told;
    }

    /** @param following the count so many days after the first reading */
    static List<ProfileCounters> daily(int days, IntUnaryOperator following) {
        return IntStream.range(0, days)
                .mapToObj(day -> reading(
                        AS_OF - (days - day) * DAY, "crawler", true, new Count(following.applyAsInt(day), true)))
                .toList();
    }

    static ProfileCounters reading(long at, String observer, boolean measured, Count following) {
        return new ProfileCounters(at, observer, measured, null, following, null, null, null, null, null);
    }

    /** Follows 40 a day and drops 240 every seventh day. */
    static int sawtooth(int day) {
        return 500 + 40 * (day % 7);
    }
}
