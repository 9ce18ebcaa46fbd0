package org.fairfollow.detection.followchurn;

import java.util.List;

/**
 * What the follow-churn rule looks at, of one set of follows.
 *
 * @param unreturnedDrops drops of unreturned follows; a fraction when an alibi counts part of them as of returned ones
 * @param accusing the estimate from ages seen often enough to accuse
 */
record ChurnSample(
        List<ObservedFollow> follows,
        LifeTable table,
        DropCalendar calendar,
        double unreturnedDrops,
        ChurnEstimate accusing) {

    /** @param fewestUnreturnedDays an age bin is seen often enough with so many follow-days not yet returned */
    static ChurnSample of(List<ObservedFollow> follows, int fewestUnreturnedDays) {
        return of(follows, fewestUnreturnedDays, 0);
    }

    private static ChurnSample of(List<ObservedFollow> follows, int fewestUnreturnedDays, double countedReturned) {
        LifeTable table = LifeTable.of(follows);
        return new ChurnSample(
                follows,
                table,
                DropCalendar.of(follows).withDropsReturned(countedReturned),
                (1 - countedReturned) * table.unreturnedDrops(),
                ChurnEstimate.of(
                        follows,
                        age -> table.unreturnedDays(LifeTable.bin(age)) >= fewestUnreturnedDays,
                        countedReturned));
    }

    /** The sample as if so many drops of unreturned follows had been of returned ones. */
    ChurnSample withDropsReturned(double drops, int fewestUnreturnedDays) {
        double share = unreturnedDrops == 0 ? 0 : Math.min(1, drops / unreturnedDrops);
        return of(follows, fewestUnreturnedDays, share);
    }

    /** The estimate from all ages: what can exclude the pattern. */
    ChurnEstimate excluding() {
        return ChurnEstimate.of(follows, _ -> true, 0);
    }
}
