package org.fairfollow.detection.followchurn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropCalendarTest {
    private static final long DAY = ObservedFollow.DAY;
    private static final long MONDAY = LocalDate.of(2026, 11, 2).toEpochDay();

    /** Followed on the Monday, dropped some days later. */
    private static List<ObservedFollow> dropped(int count, int daysLater) {
        return Collections.nCopies(
                count, new ObservedFollow(MONDAY * DAY, daysLater * DAY, true, ObservedFollow.NEVER, true, false));
    }

    @SafeVarargs
    private static DropCalendar calendar(List<ObservedFollow>... follows) {
        List<ObservedFollow> all = new ArrayList<>();
        for (List<ObservedFollow> some : follows) {
            all.addAll(some);
        }
        return DropCalendar.of(all);
    }

    @Test
    void weeksBeginOnMonday() {
        DropCalendar calendar = calendar(dropped(5, 6), dropped(7, 7));
        assertThat(calendar.weeksWithFollows(12)).isEqualTo(1);
        assertThat(calendar.weeksWithDrops(5)).isEqualTo(2);
        assertThat(calendar.weeksWithDrops(6)).isEqualTo(1);
        assertThat(calendar.weeks())
                .containsExactly(List.of((double) MONDAY, 12., 5., 0.), List.of(MONDAY + 7., 0., 7., 0.));
    }

    @Test
    void dropWindowsAreSeparate() {
        // Days 4 to 6 hold 20; what is left on day 3 makes a window with days 1 and 2.
        DropCalendar calendar = calendar(dropped(3, 3), dropped(5, 4), dropped(10, 5), dropped(5, 6), dropped(1, 14));
        assertThat(calendar.busiestDropWindows(4)).containsExactly(20, 3, 1, 0);
    }

    @Test
    void aWindowMayHangOverTheFirstDay() {
        assertThat(calendar(dropped(4, 0), dropped(9, 1), dropped(9, 2), dropped(9, 3))
                        .busiestDropWindows(2))
                .containsExactly(27, 4);
    }

    @Test
    void busiestDays() {
        assertThat(calendar(dropped(1, 1), dropped(3, 2), dropped(3, 9)).busiestDropDays(2))
                .containsExactlyInAnyOrder(MONDAY + 2, MONDAY + 9);
    }

    @Test
    void nothingHappened() {
        DropCalendar calendar = DropCalendar.of(List.of());
        assertThat(calendar.busiestDropWindows(3)).containsExactly(0, 0, 0);
        assertThat(calendar.weeksWithFollows(1)).isZero();
    }

    @Test
    void dropsCountedAsReturnedLeaveTheOthers() {
        DropCalendar calendar = calendar(dropped(10, 1)).withDropsReturned(.4);
        assertThat(calendar.busiestDropWindows(1)).containsExactly(6);
        assertThat(calendar.weeks().getFirst()).containsExactly((double) MONDAY, 10., 6., 4.);
    }
}
