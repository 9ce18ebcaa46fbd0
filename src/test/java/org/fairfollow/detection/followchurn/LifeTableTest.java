package org.fairfollow.detection.followchurn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LifeTableTest {
    private static final long DAY = ObservedFollow.DAY;

    private static ObservedFollow follow(double ageDays, boolean dropped, double returnedDays) {
        return new ObservedFollow(0, (long) (ageDays * DAY), dropped, (long) (returnedDays * DAY), true, false);
    }

    @Test
    void timeCountsAsUnreturnedUntilTheTargetFollowsBack() {
        LifeTable table = LifeTable.of(List.of(follow(28, false, 4)));

        assertThat(table.unreturnedDays(3)).isEqualTo(1); // age 3 to 4
        assertThat(table.returnedDays(3)).isEqualTo(1); // age 4 to 5
        assertThat(table.unreturnedDays(4)).isZero();
        assertThat(table.returnedDays(4)).isEqualTo(2);
        assertThat(table.returnedDays(8)).isEqualTo(7);
    }

    @Test
    void returnedInTheSecondOfTheDropIsReturned() {
        LifeTable table = LifeTable.of(List.of(follow(2, true, 2), follow(2, true, 3)));
        assertThat(table.returnedDrops()).isEqualTo(1);
        assertThat(table.unreturnedDrops()).isEqualTo(1);
    }

    @Test
    void anAgeBelongsToTheBinItBegins() {
        assertThat(LifeTable.bin(0)).isZero();
        assertThat(LifeTable.bin(3 * DAY - 1)).isEqualTo(2);
        assertThat(LifeTable.bin(3 * DAY)).isEqualTo(3);
        assertThat(LifeTable.bin(LifeTable.HORIZON - 1)).isEqualTo(8);
    }
}
